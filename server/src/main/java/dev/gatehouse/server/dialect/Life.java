package dev.gatehouse.server.dialect;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Input;
import java.time.Duration;
import java.util.Optional;

/// The life that a request asks for. What is no positive number of whole seconds is wrong (GAUNTLET N04): whoever
/// asks for less than usual must not be given the usual.
final class Life {
    /// More than any policy allows.
    private static final long MOST = 999_999_999;

    private Life() {}

    /// Whether it can be read, if there is one.
    static boolean fits(Asked asked) {
        return !asked.shown().has(Input.LIFE) || of(asked).isPresent();
    }

    /// Empty when nothing is asked for.
    static Optional<Duration> of(Asked asked) {
        return asked.shown()
                .get(Input.LIFE)
                .map(Secret::reveal)
                .filter(seconds -> seconds.matches("[1-9][0-9]{0,18}"))
                .map(seconds -> seconds.length() > 9 ? MOST : Long.parseLong(seconds))
                .map(Duration::ofSeconds);
    }
}
