package dev.gatehouse.storage.feed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Until when this node trusts its last complete poll. Counted from before the poll was sent, on the monotonic
/// clock, and on the wall clock too: on a machine that was suspended the monotonic clock has stood still.
final class Lease {
    private record Until(long nanos, long wallMillis) {}

    /// The clocks before a poll.
    record Start(long nanos, long wallMillis) {}

    private final LongSupplier nanos;
    private final InstantSource wall;
    private final Timing timing;
    private volatile Optional<Until> until = Optional.empty();
    private volatile Optional<Start> confirmed = Optional.empty();

    Lease(LongSupplier nanos, InstantSource wall, Timing timing) {
        this.nanos = nanos;
        this.wall = wall;
        this.timing = timing;
    }

    Start start() {
        return new Start(nanos.getAsLong(), wall.millis());
    }

    /// Trusts a poll that is complete and applied.
    void trust(Start start) {
        confirmed = Optional.of(start);
        until = Optional.of(
                new Until(start.nanos() + timing.leaseNanos(), start.wallMillis() + timing.leaseNanos() / 1_000_000));
    }

    /// Stops serving.
    void end() {
        until = Optional.empty();
    }

    /// Takes back what the last trusted poll confirmed, too: what would be read now is older than what was known.
    void forget() {
        end();
        confirmed = Optional.empty();
    }

    /// Whether a request that arrived then may be decided on the facts in memory.
    boolean fresh(long arrivedNanos) {
        Optional<Until> lease = until;
        return lease.isPresent()
                && arrivedNanos - lease.get().nanos() < 0
                && wall.millis() < lease.get().wallMillis();
    }

    /// Whether a request that arrived then may be decided on facts that were confirmed no longer ago than this:
    /// by the last poll that was trusted, also when the lease that it gave is over.
    boolean fresh(long arrivedNanos, Duration age) {
        Optional<Start> last = confirmed;
        return last.isPresent()
                && arrivedNanos - last.get().nanos() - age.toNanos() < 0
                && wall.millis() < last.get().wallMillis() + age.toMillis();
    }
}
