package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Decision;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Selection;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.token.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// From a presented credential to a verdict: freshness, proof, decision, always in this order. Every path that
/// mints, proxies, introspects or administers comes through here.
public final class Verifier {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Refusal STALE = new Refusal.Unavailable("this node's facts are not fresh", RETRY);

    private final Prover prover;
    private final FactSource facts;
    private final InstantSource clock;
    private final Consumer<Session> used;
    private final Gate gate;

    /// A verifier that proves with `prover` and decides on the time of `clock`, as often as it is asked.
    public Verifier(Prover prover, FactSource facts, InstantSource clock) {
        this(prover, facts, clock, _ -> {}, Gate.OPEN);
    }

    /// The same, which tells of every session that it allowed something.
    ///
    /// @param used returns at once
    /// @param gate says whose requests are not even looked at
    public Verifier(Prover prover, FactSource facts, InstantSource clock, Consumer<Session> used, Gate gate) {
        this.prover = prover;
        this.facts = facts;
        this.clock = clock;
        this.used = used;
        this.gate = gate;
    }

    /// Checks from memory only; `Cold` when that does not suffice. Where a request is looked at first, so that
    /// this is where the gate is.
    ///
    /// @param arrivedNanos the monotonic clock when the request's head had been read
    public Checked verify(Presented presented, Api api, Ask ask, long arrivedNanos) {
        Optional<Refusal.TooMany> closed = gate.closed(api, ask);
        if (closed.isPresent()) {
            return new Checked.Refused(closed.get());
        }
        if (!facts.fresh(arrivedNanos) && !outlasts(api, ask, arrivedNanos)) {
            return stale();
        }
        try {
            return decided(presented, api, ask, one -> prover.prove(one, api));
        } catch (FactsUnavailable e) {
            return new Checked.Cold(); // keys are being read: ask again where waiting is allowed
        }
    }

    /// Checks, reading the database when it must. A token that is newer than this node's facts
    /// makes it catch up once; when that does not help the answer is 503, never 401 (ADR 0001).
    public Checked.Known verifyLoading(Presented presented, Api api, Ask ask, long arrivedNanos) {
        try {
            if (!facts.fresh(arrivedNanos) && !outlasts(api, ask, arrivedNanos)) {
                return stale();
            }
            if (decidedLoading(presented, api, ask) instanceof Checked.Known first) {
                return first;
            }
            facts.catchUp();
            return decidedLoading(presented, api, ask) instanceof Checked.Known second ? second : stale();
        } catch (FactsUnavailable e) {
            return new Checked.Refused(new Refusal.Unavailable("facts: " + e.getMessage(), RETRY));
        }
    }

    /// The same for a request that is looked at first where waiting is allowed.
    public Checked.Known verifyAtOnce(Presented presented, Api api, Ask ask, long arrivedNanos) {
        Optional<Refusal.TooMany> closed = gate.closed(api, ask);
        return closed.isPresent()
                ? new Checked.Refused(closed.get())
                : verifyLoading(presented, api, ask, arrivedNanos);
    }

    /// Who goes by a public id, which anybody can make up. Blocks.
    public Named named(String clientId, Api api, Ask ask, long arrivedNanos) {
        Optional<Refusal.TooMany> closed = gate.closed(api, ask);
        if (closed.isPresent()) {
            return new Named.Refused(closed.get());
        }
        if (!facts.fresh(arrivedNanos)) {
            return new Named.Refused(STALE);
        }
        try {
            Named named = prover.names().named(clientId, ask);
            if (named instanceof Named.Refused(Refusal.BadCredential _)) {
                gate.guessed(api, ask);
            }
            return named;
        } catch (FactsUnavailable e) {
            return new Named.Refused(new Refusal.Unavailable("facts: " + e.getMessage(), RETRY));
        }
    }

    /// Why nothing that comes from there is looked at now; for whoever has something to look at before it asks
    /// for a verdict.
    public Optional<Refusal.TooMany> closed(Api api, Ask ask) {
        return gate.closed(api, ask);
    }

    /// Takes note of what was no credential at all, where that was found out elsewhere.
    public void guessed(Api api, Ask ask) {
        gate.guessed(api, ask);
    }

    private Checked decidedLoading(Presented presented, Api api, Ask ask) {
        return decided(presented, api, ask, one -> prover.proveLoading(one, api, ask));
    }

    /// A user's secret is not looked at beside an application that does not stand: that would tell whether it
    /// counts.
    private Checked decided(Presented presented, Api api, Ask ask, Function<Presented, Proof> prove) {
        Presented shown = presented instanceof Presented.Selecting selecting ? selecting.presented() : presented;
        if (shown instanceof Presented.Beside beside && ask.address().isPresent()) {
            Presented client = beside.client();
            Ask known = new Ask.Authenticate(ask.address().get());
            Checked application = decided(client, prove.apply(client), api, known);
            if (!(application instanceof Checked.Allowed)) {
                return application;
            }
        }
        return decided(presented, prove.apply(presented), api, ask);
    }

    private Checked decided(Presented presented, Proof proof, Api api, Ask ask) {
        return switch (proof) {
            case Proof.Cold() -> new Checked.Cold();
            case Proof.Refused(Refusal refusal) -> {
                if (madeUp(refusal) && !forgotten(presented, ask)) {
                    gate.guessed(api, ask);
                }
                yield new Checked.Refused(refusal);
            }
            case Proof.Proven(Facts proven, Selection selection) ->
                switch (Decision.decide(proven, selection, ask, clock.instant())) {
                    case Verdict.Behind() -> new Checked.Cold();
                    case Verdict.Refused(Refusal refusal) -> new Checked.Refused(refusal);
                    case Verdict.Allowed allowed -> {
                        if (proven instanceof Facts.Logged logged) {
                            used.accept(logged.session());
                        }
                        yield new Checked.Allowed(allowed);
                    }
                };
        };
    }

    /// Calls of an Api that said so are decided on older facts while the database is away; nothing is issued on
    /// them, and nothing is managed, since the admin Api never says so.
    private boolean outlasts(Api api, Ask ask, long arrivedNanos) {
        return switch (ask) {
            case Ask.Call _ -> !api.onDatabaseLoss().isZero() && facts.fresh(arrivedNanos, api.onDatabaseLoss());
            case Ask.Mint _,
                    Ask.Renew _,
                    Ask.Consent _,
                    Ask.Redeem _,
                    Ask.Authenticate _,
                    Ask.End _,
                    Ask.Introspect _ -> false;
        };
    }

    private static boolean madeUp(Refusal refusal) {
        return refusal instanceof Refusal.BadUser(Refusal why)
                ? madeUp(why)
                : refusal instanceof Refusal.BadCredential bad && !bad.genuine();
    }

    /// A browser shows the login that it had until it is told otherwise. What it shows is too long to be guessed.
    private static boolean forgotten(Presented presented, Ask ask) {
        return presented instanceof Presented.Session && ask instanceof Ask.Authenticate;
    }

    private static Checked.Known stale() {
        return new Checked.Refused(STALE);
    }
}
