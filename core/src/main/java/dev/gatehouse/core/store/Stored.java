package dev.gatehouse.core.store;

import java.util.Optional;
import java.util.function.Function;

/// What a write came to. Anything but `Done` left no trace.
public sealed interface Stored<T> {
    /// Durable, audited, and applied to this node's facts.
    ///
    /// @param receipt of a write that takes something away
    record Done<T>(T value, Optional<Receipt> receipt) implements Stored<T> {
        /// Without a receipt.
        public Done(T value) {
            this(value, Optional.empty());
        }
    }

    /// What it was about is not there.
    record Missing<T>() implements Stored<T> {}

    /// Something else with this name or version is there, or the state forbids it; `what` is for the caller.
    ///
    /// @param passing whether the same may be done later without anything else being asked for
    record Conflict<T>(String what, boolean passing) implements Stored<T> {
        /// One that stays until somebody asks for something else.
        public Conflict(String what) {
            this(what, false);
        }
    }

    /// It has been changed since the caller read it.
    record Moved<T>() implements Stored<T> {}

    /// A bound is reached; `what` names it for the caller.
    record Full<T>(String what) implements Stored<T> {}

    /// A rule that stands above all rights forbids it.
    record Forbidden<T>(Rule rule) implements Stored<T> {}

    /// What is forbidden to everybody who may otherwise make such a write.
    enum Rule {
        /// To take away the last one that may do everything: an application or a member of the root organization
        /// with its built-in role that stands and has a live key with the whole role, or a password.
        LAST_OWNER,
        /// To lift the hold `owner` that an organization above the actor's has set.
        HELD_ABOVE
    }

    /// The same outcome with another value.
    default <U> Stored<U> map(Function<T, U> other) {
        return switch (this) {
            case Done<T>(T value, Optional<Receipt> receipt) -> new Done<>(other.apply(value), receipt);
            case Missing<T>() -> new Missing<>();
            case Conflict<T>(String what, boolean passing) -> new Conflict<>(what, passing);
            case Moved<T>() -> new Moved<>();
            case Full<T>(String what) -> new Full<>(what);
            case Forbidden<T>(Rule rule) -> new Forbidden<>(rule);
        };
    }
}
