package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Bindings;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// From what is presented to a token, whatever the wire format: check and decide, look at freshness once more
/// just before signing (ADR 0001), charge, mint. Who gets no token is not charged.
public final class Issuer {
    /// What became of a request for a token.
    public sealed interface Issued {
        /// Said by whoever may wait for what it takes.
        sealed interface Known extends Issued {}

        /// A token, and what the request was charged.
        record Token(Minted.Token token, Verdict.Allowed allowed, Charge.Made charge) implements Known {}

        /// None.
        record Refused(Refusal refusal) implements Known {}

        /// Memory does not suffice: ask again where waiting is allowed.
        record Cold() implements Issued {}
    }

    /// Whether what is no access token may be made in the place of one.
    public sealed interface Leave {
        /// It may, and was charged as one.
        record Given(Verdict.Allowed allowed, Charge.Made charge) implements Leave {}

        /// It may not.
        record Refused(Refusal refusal) implements Leave {}
    }

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final Minter minter;
    private final FactSource facts;
    private final LongSupplier nanos;
    private final Limiter limiter;

    /// @param nanos the monotonic clock by which `facts` are fresh
    public Issuer(Verifier verifier, Minter minter, FactSource facts, LongSupplier nanos, Limiter limiter) {
        this.verifier = verifier;
        this.minter = minter;
        this.facts = facts;
        this.nanos = nanos;
        this.limiter = limiter;
    }

    /// Issues from memory, or is `Cold`.
    ///
    /// @param ask [Ask.Mint] or [Ask.Renew]
    /// @param arrivedNanos the monotonic clock when the request's head had been read
    public Issued tryIssue(Presented presented, Api api, Ask ask, long arrivedNanos) {
        return switch (verifier.verify(presented, api, ask, arrivedNanos)) {
            case Checked.Cold() -> new Issued.Cold();
            case Checked.Refused(Refusal refusal) -> new Issued.Refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                charged(allowed, api, ask).<Issued>map(issued -> issued).orElseGet(Issued.Cold::new);
        };
    }

    /// Issues, reading the database when it must. Drawing the Api's first key takes a while, so the
    /// request is decided once more after it.
    public Issued.Known issue(Presented presented, Api api, Ask ask, long arrivedNanos) {
        return issue(presented, api, ask, arrivedNanos, allowed -> charged(allowed, api, ask));
    }

    /// The same for a request that was charged before, because what comes before the token must not happen in
    /// vain.
    public Issued.Known issue(Presented presented, Api api, Ask ask, long arrivedNanos, Charge.Made charge) {
        return refunding(issue(presented, api, ask, arrivedNanos, allowed -> mint(allowed, ask, charge)), charge);
    }

    /// Decides on and charges what is signed elsewhere as if it were a token, reading the database when it must: no
    /// rule about tokens has a way around it.
    public Leave leave(Presented presented, Api api, Ask ask, long arrivedNanos) {
        return switch (verifier.verifyLoading(presented, api, ask, arrivedNanos)) {
            case Checked.Refused(Refusal refusal) -> new Leave.Refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                switch (taken(allowed, api, ask)) {
                    case Charge.TooMuch(Refusal.TooMany refusal) -> new Leave.Refused(refusal);
                    case Charge.Made made -> {
                        if (facts.fresh(nanos.getAsLong())) {
                            yield new Leave.Given(allowed, made);
                        }
                        limiter.refund(made);
                        yield new Leave.Refused(stale());
                    }
                };
        };
    }

    /// Why nothing that comes from there is looked at now.
    public Optional<Refusal.TooMany> closed(Api api, Ask ask) {
        return verifier.closed(api, ask);
    }

    /// Why whoever proves this would get no token now, as far as can be told before it is charged.
    public Optional<Refusal.TooMany> full(Api api, Verdict.Allowed allowed, InetAddress from) {
        return limiter.full(api, allowed, from);
    }

    /// Takes note of what was no credential at all, where that was found out elsewhere.
    public void guessed(Api api, Ask ask) {
        verifier.guessed(api, ask);
    }

    /// Gives back what a token was charged that then was not handed out.
    public void unused(Issued.Token token) {
        unused(token.charge());
    }

    /// The same of what was made in the place of a token.
    public void unused(Charge.Made charge) {
        limiter.refund(charge);
    }

    private Issued.Known issue(
            Presented presented,
            Api api,
            Ask ask,
            long arrivedNanos,
            Function<Verdict.Allowed, Optional<Issued.Known>> mint) {
        Optional<Issued.Known> first = loading(presented, api, ask, arrivedNanos, mint);
        if (first.isPresent()) {
            return first.get();
        }
        try {
            minter.ensureKey(api);
        } catch (FactsUnavailable e) {
            return unavailable("a signing key: " + e.getMessage());
        }
        return loading(presented, api, ask, arrivedNanos, mint).orElseGet(() -> unavailable("a signing key"));
    }

    /// Empty when no key of the Api is at hand.
    private Optional<Issued.Known> loading(
            Presented presented,
            Api api,
            Ask ask,
            long arrivedNanos,
            Function<Verdict.Allowed, Optional<Issued.Known>> mint) {
        return switch (verifier.verifyLoading(presented, api, ask, arrivedNanos)) {
            case Checked.Refused(Refusal refusal) -> Optional.of(new Issued.Refused(refusal));
            case Checked.Allowed(Verdict.Allowed allowed) -> mint.apply(allowed);
        };
    }

    /// Empty when no key of the Api is at hand.
    private Optional<Issued.Known> charged(Verdict.Allowed allowed, Api api, Ask ask) {
        return switch (taken(allowed, api, ask)) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> Optional.of(new Issued.Refused(refusal));
            case Charge.Made made -> {
                Optional<Issued.Known> issued = mint(allowed, ask, made);
                if (issued.isEmpty()) {
                    limiter.refund(made);
                }
                yield issued.map(known -> refunding(known, made));
            }
        };
    }

    private Charge taken(Verdict.Allowed allowed, Api api, Ask ask) {
        return limiter.request(
                api,
                allowed,
                ask.address().orElseThrow(() -> new IllegalArgumentException("nobody asks for a token from nowhere")));
    }

    private Issued.Known refunding(Issued.Known issued, Charge.Made charge) {
        if (!(issued instanceof Issued.Token)) {
            limiter.refund(charge);
        }
        return issued;
    }

    /// Empty when no key of the Api is at hand.
    private Optional<Issued.Known> mint(Verdict.Allowed allowed, Ask ask, Charge.Made charge) {
        if (!facts.fresh(nanos.getAsLong())) {
            return Optional.of(new Issued.Refused(stale()));
        }
        Optional<Duration> life = switch (ask) {
            case Ask.Mint mint -> mint.life();
            case Ask.Redeem redeem -> redeem.life();
            case Ask.Call _, Ask.Renew _, Ask.Consent _, Ask.Authenticate _, Ask.End _, Ask.Introspect _ ->
                Optional.empty();
        };
        Minted minted = minter.mint(allowed, life, Bindings.of(allowed.facts(), ask));
        return switch (minted) {
            case Minted.NoKey() -> Optional.empty();
            case Minted.TooLong() -> Optional.of(new Issued.Refused(new Refusal.BadScope()));
            case Minted.Token token -> Optional.of(new Issued.Token(token, allowed, charge));
        };
    }

    private static Refusal stale() {
        return new Refusal.Unavailable("this node's facts are not fresh", RETRY);
    }

    private static Issued.Known unavailable(String what) {
        return new Issued.Refused(new Refusal.Unavailable(what, RETRY));
    }
}
