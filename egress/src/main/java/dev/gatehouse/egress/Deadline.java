package dev.gatehouse.egress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// When a request must be over, on the monotonic clock.
record Deadline(LongSupplier nanos, long end) {
    static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
    }

    /// What is left, 0 when nothing is.
    long leftNanos() {
        return Math.max(0, end - nanos.getAsLong());
    }

    /// What is left, no more than this, in whole milliseconds.
    int millis(Duration most) {
        return (int) Math.min(most.toMillis(), TimeUnit.NANOSECONDS.toMillis(leftNanos()));
    }
}
