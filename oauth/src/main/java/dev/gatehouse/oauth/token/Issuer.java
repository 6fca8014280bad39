package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// From what is presented to a token, whatever the wire format: check and decide, look at freshness once more
/// just before signing (ADR 0001), mint.
public final class Issuer {
    /// What became of a request for a token.
    public sealed interface Issued {
        /// Said by whoever may wait for what it takes.
        sealed interface Known extends Issued {}

        /// A token.
        record Token(Minted.Token token, Verdict.Allowed allowed) implements Known {}

        /// None.
        record Refused(Refusal refusal) implements Known {}

        /// Memory does not suffice: ask again where waiting is allowed.
        record Cold() implements Issued {}
    }

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final Minter minter;
    private final FactSource facts;
    private final LongSupplier nanos;

    /// @param nanos the monotonic clock by which `facts` are fresh
    public Issuer(Verifier verifier, Minter minter, FactSource facts, LongSupplier nanos) {
        this.verifier = verifier;
        this.minter = minter;
        this.facts = facts;
        this.nanos = nanos;
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
                mint(allowed).<Issued>map(issued -> issued).orElseGet(Issued.Cold::new);
        };
    }

    /// Issues, reading the database when it must. Drawing the Api's first key takes a while, so the
    /// request is decided once more after it.
    public Issued.Known issue(Presented presented, Api api, Ask ask, long arrivedNanos) {
        Optional<Issued.Known> first = loading(presented, api, ask, arrivedNanos);
        if (first.isPresent()) {
            return first.get();
        }
        try {
            minter.ensureKey(api);
        } catch (FactsUnavailable e) {
            return unavailable("a signing key: " + e.getMessage());
        }
        return loading(presented, api, ask, arrivedNanos).orElseGet(() -> unavailable("a signing key"));
    }

    /// Empty when no key of the Api is at hand.
    private Optional<Issued.Known> loading(Presented presented, Api api, Ask ask, long arrivedNanos) {
        return switch (verifier.verifyLoading(presented, api, ask, arrivedNanos)) {
            case Checked.Refused(Refusal refusal) -> Optional.of(new Issued.Refused(refusal));
            case Checked.Allowed(Verdict.Allowed allowed) -> mint(allowed);
        };
    }

    /// Empty when no key of the Api is at hand.
    private Optional<Issued.Known> mint(Verdict.Allowed allowed) {
        if (!facts.fresh(nanos.getAsLong())) {
            return Optional.of(unavailable("this node's facts are not fresh"));
        }
        return switch (minter.mint(allowed)) {
            case Minted.NoKey() -> Optional.empty();
            case Minted.TooLong() -> Optional.of(new Issued.Refused(new Refusal.BadScope()));
            case Minted.Token token -> Optional.of(new Issued.Token(token, allowed));
        };
    }

    private static Issued.Known unavailable(String what) {
        return new Issued.Refused(new Refusal.Unavailable(what, RETRY));
    }
}
