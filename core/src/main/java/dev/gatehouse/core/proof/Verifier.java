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
import java.util.function.Consumer;

/// From a presented credential to a verdict: freshness, proof, decision, always in this order. Every path that
/// mints, proxies, introspects or administers comes through here.
public final class Verifier {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Prover prover;
    private final FactSource facts;
    private final InstantSource clock;
    private final Consumer<Session> used;

    /// A verifier that proves with `prover` and decides on the time of `clock`.
    public Verifier(Prover prover, FactSource facts, InstantSource clock) {
        this(prover, facts, clock, _ -> {});
    }

    /// The same, which tells of every session that it allowed something.
    ///
    /// @param used returns at once
    public Verifier(Prover prover, FactSource facts, InstantSource clock, Consumer<Session> used) {
        this.prover = prover;
        this.facts = facts;
        this.clock = clock;
        this.used = used;
    }

    /// Checks from memory only; `Cold` when that does not suffice.
    ///
    /// @param arrivedNanos the monotonic clock when the request's head had been read
    public Checked verify(Presented presented, Api api, Ask ask, long arrivedNanos) {
        if (!facts.fresh(arrivedNanos) && !outlasts(api, ask, arrivedNanos)) {
            return stale();
        }
        try {
            return decided(prover.prove(presented, api), ask);
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
            if (decided(prover.proveLoading(presented, api, ask), ask) instanceof Checked.Known first) {
                return first;
            }
            facts.catchUp();
            return decided(prover.proveLoading(presented, api, ask), ask) instanceof Checked.Known second
                    ? second
                    : stale();
        } catch (FactsUnavailable e) {
            return new Checked.Refused(new Refusal.Unavailable("facts: " + e.getMessage(), RETRY));
        }
    }

    private Checked decided(Proof proof, Ask ask) {
        return switch (proof) {
            case Proof.Cold() -> new Checked.Cold();
            case Proof.Refused(Refusal refusal) -> new Checked.Refused(refusal);
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
            case Ask.Mint _, Ask.Renew _, Ask.Authenticate _, Ask.Introspect _ -> false;
        };
    }

    private static Checked.Known stale() {
        return new Checked.Refused(new Refusal.Unavailable("this node's facts are not fresh", RETRY));
    }
}
