package dev.gatehouse.server.notice;

import dev.gatehouse.core.store.Taken;
import java.time.Duration;
import java.time.Instant;

/// How long what cannot be told is tried again.
///
/// @param tries the most; those that were none, because it was not their turn, are not counted
/// @param age the longest
/// @param longest the longest pause between two tries
public record Patience(long tries, Duration age, Duration longest) {
    /// Whether it is over for this.
    public boolean over(Taken<?> taken, Instant now) {
        return taken.tries() >= tries || !now.isBefore(taken.since().plus(age));
    }
}
