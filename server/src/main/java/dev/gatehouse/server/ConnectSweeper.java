package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.IdentityStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes out what connect sessions hold that nobody finished, soon after they are over: a credential that nobody
/// will use does not stay. And goes on with what a node that was stopped had begun to end.
final class ConnectSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectSweeper.class);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final ConnectSessionStore store;
    private final IdentityStore identities;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    ConnectSweeper(ConnectSessionStore store, IdentityStore identities, InstantSource clock) {
        this.store = store;
        this.identities = identities;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("connect-sweeper").start(this::run);
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

    private void sweep() {
        try {
            identities.goOn(Act.system("identities", clock.instant()));
            boolean more = true;
            while (more && stop.getCount() > 0) {
                more = store.sweep(clock.instant()) >= ConnectSessionStore.SWEPT;
            }
        } catch (FactsUnavailable e) {
            LOG.debug("connect sessions that are over are looked at later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("connect sessions that are over cannot be looked at", e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
