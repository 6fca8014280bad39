package dev.gatehouse.server.reveal;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.SecretCopyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes out copies of secrets that are over, some at a time: nobody is told of them any more, so whoever ends a
/// million with one word does not wait for this, and neither does anybody else.
public final class CopySweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopySweeper.class);
    private static final Duration EVERY = Duration.ofSeconds(30);

    /// How often the store is asked in one go.
    private static final int PAGES = 100;

    private final SecretCopyStore store;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private Optional<Id> after = Optional.empty();

    /// Starts to look, from the beginning.
    public CopySweeper(SecretCopyStore store) {
        this.store = store;
        this.thread = Thread.ofVirtual().name("copy-sweeper").start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Goes on where it stopped the last time, and from the beginning behind the end.
    private void sweep() {
        try {
            int pages = 0;
            do {
                after = store.sweep(after);
                pages++;
            } while (after.isPresent() && pages < PAGES && stop.getCount() > 0);
        } catch (FactsUnavailable e) {
            LOG.debug("copies of secrets that are over are looked at later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("copies of secrets that are over cannot be looked at", e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
