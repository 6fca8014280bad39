package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.decide.Refusal;
import java.util.function.Function;

/// What a step on the way to tokens came to.
sealed interface Step<T> {
    /// The step after this one, if it gets that far.
    default <R> Step<R> then(Function<T, Step<R>> next) {
        return switch (this) {
            case On<T>(T value) -> next.apply(value);
            case No<T>(OAuthError error, Refusal refusal) -> new No<>(error, refusal);
        };
    }

    /// It ends with a refusal, said as refusals are everywhere.
    static <T> Step<T> no(Refusal refusal) {
        return new No<>(OAuthError.of(refusal, false), refusal);
    }

    /// It goes on with this.
    record On<T>(T value) implements Step<T> {}

    /// It ends with this.
    record No<T>(OAuthError error, Refusal refusal) implements Step<T> {}
}
