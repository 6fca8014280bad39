package dev.gatehouse.server.logout;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.LogoutStore.Notice;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.Limits;
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
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what applications are still to be told, each second, a few at a time. What fails is tried again, at
/// growing distances, about an hour long; then it is given up, which the audit trail says. Nobody waits for it.
public final class BackChannel implements AutoCloseable {
    /// How often it is tried.
    static final int TRIES = 12;

    /// For how long, where nothing could be tried.
    static final Duration AGE = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(BackChannel.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int AT_ONCE = 32;
    private static final int OF_APPLICATION = 2;
    private static final int OF_HOST = 8;

    /// The most that wait for one application, and how often that is looked at.
    private static final int WAITING = 1000;

    private static final int ROUNDS = 30;
    private static final int GIVEN_UP_AT_ONCE = 100;

    /// An application takes note, or it does not: nothing that it says is worth waiting for.
    public static final Limits LIMITS =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), 8 * 1024, OF_HOST, AT_ONCE);

    private final LogoutStore store;
    private final BiFunction<Client, Instant, Delivery.Came> delivery;
    private final Runnable last;
    private final InstantSource clock;
    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean failing;
    private final Thread poller =
            Thread.ofPlatform().name("back-channel").daemon().unstarted(this::run);

    /// One that waits to be told to start.
    ///
    /// @param egress of its own, with [#LIMITS]; closed with this
    public BackChannel(
            LogoutStore store,
            FactSource facts,
            LogoutTokens tokens,
            Egress egress,
            MeterRegistry registry,
            InstantSource clock) {
        this(
                store,
                new Delivery(facts, tokens, egress, OF_APPLICATION, AT_ONCE)::attempt,
                egress::close,
                registry,
                clock);
    }

    /// @param delivery one attempt
    /// @param last what closes with this
    BackChannel(
            LogoutStore store,
            BiFunction<Client, Instant, Delivery.Came> delivery,
            Runnable last,
            MeterRegistry registry,
            InstantSource clock) {
        this.store = store;
        this.delivery = delivery;
        this.last = last;
        this.clock = clock;
        this.delivered = counter(registry, "gatehouse.logout.delivered", "Logout tokens that applications took");
        this.failed = counter(
                registry, "gatehouse.logout.failures", "Attempts to deliver a logout token that are tried again");
        this.givenUp = counter(registry, "gatehouse.logout.undelivered", "Logout tokens that were given up");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /// Begins to send; closing ends it.
    public BackChannel start() {
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
                LOG.warn("applications are told of logins that ended later: {}", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("applications cannot be told of logins that ended", e);
        }
    }

    /// An application that takes nothing while people go on signing in there must not fill the table.
    private void thin() {
        store.crowding(WAITING, GIVEN_UP_AT_ONCE).forEach(notice -> giveUp(notice, "crowded", clock.instant()));
    }

    /// Takes what there is room for, so that nothing that is taken waits here while another node could send it.
    private void round() {
        int room = permits.drainPermits();
        int taken = 0;
        try {
            for (Notice notice : room == 0 ? List.<Notice>of() : store.take(room, OF_APPLICATION, clock.instant())) {
                threads.execute(() -> tell(notice));
                taken++;
            }
        } finally {
            permits.release(room - taken);
        }
    }

    /// When what came of it cannot be written down, the notice is due again when its lease is over.
    private void tell(Notice notice) {
        try {
            Delivery.Came came = attempt(notice);
            boolean cutShort = stop.getCount() == 0 && !(came instanceof Delivery.Came.Delivered);
            if (!cutShort) {
                quietly(() -> settle(notice, came));
            }
        } finally {
            permits.release();
        }
    }

    private Delivery.Came attempt(Notice notice) {
        try {
            return delivery.apply(notice.client(), clock.instant());
        } catch (FactsUnavailable e) {
            LOG.warn("an application is told of a login that ended later: {}", e.getMessage());
            return new Delivery.Came.Failed("unavailable", false);
        } catch (RuntimeException e) {
            LOG.error("an application could not be told of a login that ended", e);
            return new Delivery.Came.Failed("error", true);
        }
    }

    private void settle(Notice notice, Delivery.Came came) {
        Instant now = clock.instant();
        switch (came) {
            case Delivery.Came.Delivered() -> {
                store.delivered(notice);
                delivered.increment();
            }
            case Delivery.Came.Failed(String why, boolean tried) -> {
                Notice next = tried ? notice.tried() : notice;
                if (next.tries() >= TRIES || !now.isBefore(next.since().plus(AGE))) {
                    giveUp(next, why, now);
                } else {
                    store.again(next, now.plus(pause(next.tries())));
                    failed.increment();
                }
            }
            case Delivery.Came.Refused(String why) -> giveUp(notice, why, now);
        }
    }

    /// Twice as long each time.
    private static Duration pause(long tries) {
        Duration pause = SHORTEST.multipliedBy(1L << Math.clamp(tries - 1, 0, TRIES));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private void giveUp(Notice notice, String why, Instant now) {
        var _ = store.giveUp(notice, why, Act.system("logout", now));
        givenUp.increment();
        LOG.warn("{} was not told of a login that ended: {}", notice.client().application(), why);
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
                LOG.info("applications that are being told of logins that ended are told again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        poller.interrupt();
        var _ = threads.shutdownNow();
        last.run();
    }
}
