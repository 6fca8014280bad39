package dev.gatehouse.storage.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A monotonic and a wall clock that move only when told.
final class SteppedClock implements InstantSource {
    private long nanos;
    private Instant wall = Instant.EPOCH;

    long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    void advance(Duration by) {
        advanceMonotonic(by);
        advanceWall(by);
    }

    void advanceMonotonic(Duration by) {
        nanos += by.toNanos();
    }

    void advanceWall(Duration by) {
        wall = wall.plus(by);
    }
}
