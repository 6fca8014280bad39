package dev.gatehouse.server.reveal;

import dev.gatehouse.core.store.SecretCopyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Takes out copies of secrets that are over, some at a time: nobody is told of them any more, so whoever ends a
/// million with one word does not wait for this, and neither does anybody else.
public final class CopySweeper implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CopySweep sweep;
    private final Thread thread;

    /// Starts to look, from the beginning.
    public CopySweeper(SecretCopyStore store) {
        this.sweep = new CopySweep(store, () -> stop.getCount() == 0);
        this.thread = Thread.ofVirtual().name("copy-sweeper").start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep.go();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
