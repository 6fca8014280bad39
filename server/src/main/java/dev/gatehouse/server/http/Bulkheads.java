package dev.gatehouse.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Permits for blocking work, each class with its own, so that none starves another.
final class Bulkheads {
    private final Semaphore verify;
    private final Semaphore mint;
    private final Semaphore revoke;
    private final Semaphore replace;
    private final Semaphore hear;
    private final Semaphore admin;
    private final Semaphore platform;
    private final HttpLimits limits;

    Bulkheads(HttpLimits limits) {
        this.verify = new Semaphore(limits.verify());
        this.mint = new Semaphore(limits.mint());
        this.revoke = new Semaphore(limits.revoke());
        this.replace = new Semaphore(limits.replace());
        this.hear = new Semaphore(limits.hear());
        this.admin = new Semaphore(limits.admin());
        this.platform = new Semaphore(limits.platform());
        this.limits = limits;
    }

    /// Runs the task on a virtual thread once it has a permit, or else what to do when there is none.
    void run(Outcome.Work work, Runnable task, Runnable full) {
        Semaphore permits = of(work);
        Thread.ofVirtual().name("gatehouse-" + work).start(() -> {
            if (!acquired(permits, wait(work))) {
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

    private boolean acquired(Semaphore permits, Duration wait) {
        try {
            return permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Nobody asks again for an answer to be heard, so that has the time that the answer has.
    private Duration wait(Outcome.Work work) {
        return switch (work) {
            case VERIFY, MINT, REVOKE, REPLACE, ADMIN, PLATFORM -> limits.permitWait();
            case HEAR -> limits.heard();
        };
    }

    private Semaphore of(Outcome.Work work) {
        return switch (work) {
            case VERIFY -> verify;
            case MINT -> mint;
            case REVOKE -> revoke;
            case REPLACE -> replace;
            case HEAR -> hear;
            case ADMIN -> admin;
            case PLATFORM -> platform;
        };
    }
}
