package dev.gatehouse.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// Small writes that nobody waits for, on virtual threads, a few at a time. What does not fit is refused, not queued.
final class Background implements Executor, AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits;

    Background(int most) {
        this.permits = new Semaphore(most);
    }

    @Override
    public void execute(Runnable work) {
        if (!permits.tryAcquire()) {
            throw new RejectedExecutionException("enough is being written");
        }
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    permits.release();
                }
            });
        } catch (RejectedExecutionException e) {
            permits.release();
            throw e;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
