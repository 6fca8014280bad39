package dev.gatehouse.server.admin;

import java.util.function.Function;

/// A value, or the problem that stands in its way.
sealed interface Got<T> {
    /// The value.
    record Value<T>(T value) implements Got<T> {}

    /// The problem.
    record No<T>(Problem problem) implements Got<T> {}

    static <T> Got<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Got<T> no(Problem problem) {
        return new No<>(problem);
    }

    /// Goes on with the value.
    default <U> Got<U> then(Function<T, Got<U>> next) {
        return switch (this) {
            case Value<T>(T value) -> next.apply(value);
            case No<T>(Problem problem) -> new No<>(problem);
        };
    }

    /// Turns the value into another.
    default <U> Got<U> map(Function<T, U> change) {
        return then(value -> new Value<>(change.apply(value)));
    }
}
