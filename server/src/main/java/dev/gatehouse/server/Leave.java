package dev.gatehouse.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The time between the word to stop and the end of listening: the node serves as before and says that it is not
/// ready, so that whoever sends it calls finds another (GAUNTLET O09).
final class Leave implements AutoCloseable {
    private final Duration time;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean begun;

    Leave(Duration time) {
        this.time = time;
    }

    boolean begun() {
        return begun;
    }

    /// Lets the time pass; an interrupt ends it early.
    @Override
    public void close() {
        begun = true;
        try {
            boolean _ = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
