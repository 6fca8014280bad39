package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// Who makes a change, and in which request: what its audit row says. The terms are the request's own.
public record Act(Actor actor, String requestId, Instant at, Terms terms) {
    /// An act on no particular terms.
    public Act(Actor actor, String requestId, Instant at) {
        this(actor, requestId, at, Terms.NONE);
    }

    /// Who.
    public sealed interface Actor {
        /// A member, by the credential that it showed.
        ///
        /// @param organization that it acted in
        /// @param member the application or the user
        record Member(Id organization, Id member, Id credential) implements Actor {}

        /// Gatehouse itself, for example at the first start.
        record Itself(String part) implements Actor {}
    }

    /// The same on these terms.
    public Act on(Terms other) {
        return new Act(actor, requestId, at, other);
    }

    /// The same, where all nodes that serve or may come back know what came with a format; any where none is named.
    public Act known(Optional<Long> format) {
        return format.map(one -> on(terms.whenAllKnow(one))).orElse(this);
    }

    /// A change that Gatehouse makes by itself.
    public static Act system(String part, Instant at) {
        return new Act(new Actor.Itself(part), part, at);
    }
}
