package dev.gatehouse.storage.feed;

import java.time.Duration;

/// The constants of protocol R (docs/decisions/0001-freshness.md). No clock is ever compared with
/// another machine's.
///
/// @param leaseNanos L: how long one poll is trusted, counted on the node's own monotonic clock from before the
///     poll was sent
/// @param beatNanos B: the time between two polls when nothing happens
/// @param patienceNanos `L * (1 + rho)`: the lease of any other node has run out when this much has passed on the
///     own clock
public record Timing(long leaseNanos, long beatNanos, long patienceNanos) {
    private static final long RATE_ERROR_PERCENT = 1;

    /// L = 1.5 s, B = 250 ms, rho = 1 %.
    public static final Timing STANDARD = of(Duration.ofMillis(1500), Duration.ofMillis(250));

    /// Polls that are trusted for another time than the standard one, as often.
    public static Timing trusting(Duration lease) {
        return of(lease, Duration.ofNanos(STANDARD.beatNanos));
    }

    /// Other lengths with the same rate error.
    public static Timing of(Duration lease, Duration beat) {
        long nanos = lease.toNanos();
        return new Timing(nanos, beat.toNanos(), nanos + nanos / 100 * RATE_ERROR_PERCENT);
    }
}
