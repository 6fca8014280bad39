package dev.gatehouse.core.limit;

import java.time.Duration;

/// What is left under the limit that a caller is nearest to.
///
/// @param remaining how many requests may follow at once; at most those of the rate, though a burst may be larger
/// @param full until all of them are there again
public record Quota(Limit limit, Rate rate, long remaining, Duration full) {
    /// The same in whole seconds, rounded up.
    public long fullSeconds() {
        return seconds(full);
    }

    /// Whole seconds, rounded up, so that whoever waits as long is not refused again.
    public static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
