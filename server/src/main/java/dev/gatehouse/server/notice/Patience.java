package dev.gatehouse.server.notice;

import java.time.Duration;
import java.time.Instant;

/// How long what cannot be told is tried again.
///
/// @param tries the most; those that were none, because it was not their turn, are not counted
/// @param age the longest
/// @param longest the longest pause between two tries
public record Patience(long tries, Duration age, Duration longest) {
    /// Whether it is over.
    ///
    /// @param since when there was first something to tell
    public boolean over(long tried, Instant since, Instant now) {
        return tried >= tries || !now.isBefore(since.plus(age));
    }
}
