package dev.gatehouse.server.notice;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.egress.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is still to be told, each second, a few at a time. What fails is tried again, at growing
/// distances, as long as its outbox has [Patience]; then it is given up, which the audit trail says. Nobody
/// waits for it.
///
/// @param <N> one thing to tell
public final class Sender<N> implements AutoCloseable {
    /// How many are sent at once.
    public static final int AT_ONCE = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int OF_HOST = 8;
    private static final int ROUNDS = 30;

    /// Who is told takes note, or does not: nothing that it says is worth waiting for.
    public static final Limits LIMITS =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), 8 * 1024, OF_HOST, AT_ONCE);

    private final Outbox<N> outbox;
    private final Settling<N> settling;
    private final Runnable last;
    private final InstantSource clock;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread poller;
    private boolean failing;

    /// One that waits to be told to start.
    ///
    /// @param name of its thread
    /// @param last what closes with this
    public Sender(String name, Outbox<N> outbox, Counts counts, Runnable last, InstantSource clock) {
        this.outbox = outbox;
        this.settling = new Settling<>(outbox, counts);
        this.last = last;
        this.clock = clock;
        this.poller = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Begins to send; closing ends it.
    public Sender<N> start() {
        poller.start();
        return this;
    }

    private void run() {
        try {
            int rounds = 0;
            do {
                if (rounds++ % ROUNDS == 0) {
                    quietly(this::thin);
                }
                quietly(this::round);
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void quietly(Runnable work) {
        try {
            work.run();
            failing = false;
        } catch (FactsUnavailable e) {
            if (!failing) {
                LOG.warn("{}: what is to be told is told later: {}", poller.getName(), e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("{}: what is to be told cannot be told", poller.getName(), e);
        }
    }

    /// Whoever takes nothing while more and more happens must not fill the table.
    private void thin() {
        outbox.crowding().forEach(taken -> settling.giveUp(taken, "crowded", clock.instant()));
    }

    /// Takes what there is room for, so that nothing that is taken waits here while another node could send it.
    private void round() {
        int room = permits.drainPermits();
        int begun = 0;
        try {
            for (Taken<N> taken :
                    room == 0 ? List.<Taken<N>>of() : outbox.waiting().take(room, clock.instant())) {
                threads.execute(() -> tell(taken));
                begun++;
            }
        } finally {
            permits.release(room - begun);
        }
    }

    /// When what came of it cannot be written down, the notice is due again when its lease is over.
    private void tell(Taken<N> taken) {
        try {
            Came came = attempt(taken);
            boolean cutShort = stop.getCount() == 0 && !(came instanceof Came.Delivered);
            if (!cutShort) {
                quietly(() -> settling.settle(taken, came, clock.instant()));
            }
        } finally {
            permits.release();
        }
    }

    private Came attempt(Taken<N> taken) {
        try {
            return outbox.attempt(taken, clock.instant());
        } catch (FactsUnavailable e) {
            LOG.warn("{} is told later: {}", outbox.about(taken.notice()), e.getMessage());
            return new Came.Failed("unavailable", false);
        } catch (RuntimeException e) {
            LOG.error("{} could not be told", outbox.about(taken.notice()), e);
            return new Came.Failed("error", true);
        }
    }

    /// Waits a moment for what is on its way: whoever is served waits for this. What is cut short is due again when
    /// its lease is over.
    @Override
    public void close() {
        stop.countDown();
        threads.shutdown();
        try {
            poller.join(CLOSING.dividedBy(2));
            if (!threads.awaitTermination(CLOSING.dividedBy(2).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("{}: what is being told is told again later", poller.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        poller.interrupt();
        var _ = threads.shutdownNow();
        last.run();
    }
}
