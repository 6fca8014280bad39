package dev.gatehouse.server.gateway;

import java.time.Duration;
import java.util.OptionalLong;

/// How long an open stream goes on while others keep this node from looking whether it may: somebody at the same
/// address who guesses, say. Not for long, since who has the stream may be the one who does so.
final class Doubt {
    private static final long MOST = Duration.ofMinutes(1).toNanos();

    private OptionalLong since = OptionalLong.empty();

    /// Nobody knows, once more.
    synchronized boolean bears(long now) {
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
        return now - since.getAsLong() < MOST;
    }

    /// Somebody knows.
    synchronized boolean over(boolean allowed) {
        since = OptionalLong.empty();
        return allowed;
    }
}
