package dev.gatehouse.server.http;

import java.time.Duration;

/// How fast a caller sends or takes bytes, counted only while we wait for it (GAUNTLET M04).
final class Pace {
    private final int minimumRate;
    private final long graceNanos;
    private final long idleNanos;
    private long waited;
    private long bytes;
    private long since;
    private boolean waiting;

    Pace(int minimumRate, Duration grace, Duration idle) {
        this.minimumRate = minimumRate;
        this.graceNanos = grace.toNanos();
        this.idleNanos = idle.toNanos();
    }

    /// From now on the caller is waited for.
    synchronized void waiting(long nanos) {
        since = nanos;
        waiting = true;
    }

    /// The caller moved this many bytes.
    synchronized void moved(long nanos, int count) {
        if (waiting) {
            waited += nanos - since;
            waiting = false;
        }
        bytes += count;
    }

    /// Whether the caller has been slower than it may be.
    synchronized boolean tooSlow(long nanos) {
        if (!waiting) {
            return false;
        }
        long silent = nanos - since;
        long total = waited + silent;
        return silent > idleNanos || (total > graceNanos && bytes < (double) minimumRate * total / 1e9);
    }
}
