package dev.gatehouse.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Permits for blocking work, each class with its own, so that none starves another (PROTOCOLS 6).
final class Bulkheads {
    private final Semaphore verify;
    private final Semaphore mint;
    private final Semaphore revoke;
    private final Semaphore admin;
    private final Duration wait;

    Bulkheads(HttpLimits limits) {
        this.verify = new Semaphore(limits.verify());
        this.mint = new Semaphore(limits.mint());
        this.revoke = new Semaphore(limits.revoke());
        this.admin = new Semaphore(limits.admin());
        this.wait = limits.permitWait();
    }

    /// Runs the task on a virtual thread once it has a permit, or else what to do when there is none.
    void run(Outcome.Work work, Runnable task, Runnable full) {
        Semaphore permits = of(work);
        Thread.ofVirtual().name("gatehouse-" + work).start(() -> {
            if (!acquired(permits)) {
                full.run();
                return;
            }
            try {
                task.run();
            } finally {
                permits.release();
            }
        });
    }

    private boolean acquired(Semaphore permits) {
        try {
            return permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Semaphore of(Outcome.Work work) {
        return switch (work) {
            case VERIFY -> verify;
            case MINT -> mint;
            case REVOKE -> revoke;
            case ADMIN -> admin;
        };
    }
}
