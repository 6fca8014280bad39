package dev.gatehouse.server.logout;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Notice;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.oauth.token.LogoutTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what applications are still to be told, each second, a few at a time. What fails is tried again, at
/// growing distances, for an hour; then it is given up, which the audit trail says. Nobody waits for it.
public final class BackChannel implements AutoCloseable {
    /// For how long it is tried.
    public static final Duration TRIED = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(BackChannel.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration PARTING = Duration.ofSeconds(5);
    private static final int AT_ONCE = 32;

    private final LogoutStore store;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean failing;

    /// One that waits to be told to start.
    public BackChannel(
            LogoutStore store,
            FactSource facts,
            LogoutTokens tokens,
            Egress egress,
            MeterRegistry registry,
            InstantSource clock) {
        this.store = store;
        this.delivery = new Delivery(facts, tokens, egress);
        this.clock = clock;
        this.delivered = counter(registry, "gatehouse.logout.delivered", "Logout tokens that applications took");
        this.failed = counter(
                registry, "gatehouse.logout.failures", "Attempts to deliver a logout token that are tried again");
        this.givenUp =
                counter(registry, "gatehouse.logout.undelivered", "Logout tokens that were given up");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /// Begins to send; closing ends it.
    public BackChannel start() {
        Thread.ofPlatform().name("back-channel").daemon().start(this::run);
        return this;
    }

    private void run() {
        try {
            do {
                round();
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes what there is room for, so that nothing that is taken waits here while another node could send it.
    private void round() {
        int room = permits.drainPermits();
        int taken = 0;
        try {
            for (Notice notice : room == 0 ? List.<Notice>of() : store.take(room, clock.instant())) {
                taken++;
                threads.execute(() -> tell(notice));
            }
            failing = false;
        } catch (FactsUnavailable e) {
            if (!failing) {
                LOG.warn("applications are told of logins that ended later: {}", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("applications cannot be told of logins that ended", e);
        } finally {
            permits.release(room - taken);
        }
    }

    /// Whatever goes wrong here, the notice is due again when its lease is over.
    private void tell(Notice notice) {
        try {
            settle(notice, delivery.attempt(notice.client()));
        } catch (FactsUnavailable e) {
            LOG.warn("an application is told of a login that ended later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("an application could not be told of a login that ended", e);
        } finally {
            permits.release();
        }
    }

    private void settle(Notice notice, Delivery.Came came) {
        Instant now = clock.instant();
        switch (came) {
            case Delivery.Came.Delivered() -> {
                store.delivered(notice);
                delivered.increment();
            }
            case Delivery.Came.Failed(String why) -> {
                Duration since = Duration.between(notice.since(), now);
                if (since.compareTo(TRIED) >= 0) {
                    giveUp(notice, why, now);
                } else {
                    store.again(notice, now.plus(pause(since)));
                    failed.increment();
                }
            }
            case Delivery.Came.Refused(String why) -> giveUp(notice, why, now);
        }
    }

    /// As long again as it has taken so far.
    private static Duration pause(Duration since) {
        Duration least = since.compareTo(SHORTEST) < 0 ? SHORTEST : since;
        return least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    private void giveUp(Notice notice, String why, Instant now) {
        var _ = store.giveUp(notice, why, Act.system("logout", now));
        givenUp.increment();
        LOG.warn("{} was not told of a login that ended: {}", notice.client().application(), why);
    }

    /// Waits a little for what is on its way. What is not settled then is due again, here or at another node.
    @Override
    public void close() {
        stop.countDown();
        threads.shutdown();
        try {
            var _ = threads.awaitTermination(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
