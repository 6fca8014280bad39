package dev.gatehouse.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Wall and monotonic time that move only when a test says so.
public final class TestClock implements InstantSource, LongSupplier {
    private final Instant start;
    private final AtomicLong elapsed = new AtomicLong();

    /// A clock that stands at this moment.
    public TestClock(Instant start) {
        this.start = start;
    }

    /// A clock that stands at the beginning of 2026.
    public TestClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /// Moves both times forward.
    public void advance(Duration by) {
        elapsed.addAndGet(by.toNanos());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(elapsed.get());
    }

    /// Monotonic nanoseconds.
    @Override
    public long getAsLong() {
        return elapsed.get();
    }
}
