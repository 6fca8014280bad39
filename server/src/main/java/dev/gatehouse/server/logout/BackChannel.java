package dev.gatehouse.server.logout;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.LogoutStore.Notice;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.Limits;
import dev.gatehouse.oauth.token.LogoutTokens;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

/// Sends what applications are still to be told of logins that ended.
public final class BackChannel implements AutoCloseable {
    /// How often it is tried, which takes about an hour.
    static final int TRIES = 12;

    private static final Patience PATIENCE = new Patience(TRIES, Duration.ofDays(1), Duration.ofMinutes(10));

    private static final int OF_APPLICATION = 2;

    /// The most that wait for one application.
    private static final int WAITING = 1000;

    private static final int GIVEN_UP_AT_ONCE = 100;

    /// Those of the client that it sends with.
    public static final Limits LIMITS = Sender.LIMITS;

    private final Sender<Notice> sender;

    /// One that waits to be told to start.
    ///
    /// @param subjects what applications know users as
    /// @param egress of its own, with [#LIMITS]; closed with this
    public BackChannel(
            LogoutStore store,
            FactSource facts,
            LogoutTokens tokens,
            Subjects subjects,
            Egress egress,
            MeterRegistry registry,
            InstantSource clock) {
        this(
                store,
                new Delivery(facts, tokens, subjects, egress, OF_APPLICATION, Sender.AT_ONCE)::attempt,
                egress::close,
                registry,
                clock);
    }

    /// @param delivery one attempt
    /// @param last what closes with this
    BackChannel(
            LogoutStore store,
            BiFunction<Client, Instant, Came> delivery,
            Runnable last,
            MeterRegistry registry,
            InstantSource clock) {
        this.sender = new Sender<>(
                "back-channel",
                new Notices(store, delivery),
                new Sender.Counts(
                        counter(registry, "gatehouse.logout.delivered", "Logout tokens that applications took"),
                        counter(
                                registry,
                                "gatehouse.logout.failures",
                                "Attempts to deliver a logout token that are tried again"),
                        counter(registry, "gatehouse.logout.undelivered", "Logout tokens that were given up")),
                last,
                clock);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private record Notices(LogoutStore store, BiFunction<Client, Instant, Came> delivery) implements Outbox<Notice> {
        @Override
        public List<Notice> take(int most, Instant now) {
            return store.take(most, OF_APPLICATION, now);
        }

        @Override
        public List<Notice> crowding() {
            return store.crowding(WAITING, GIVEN_UP_AT_ONCE);
        }

        @Override
        public Came attempt(Notice notice, Instant now) {
            return delivery.apply(notice.client(), now);
        }

        @Override
        public void delivered(Notice notice) {
            store.delivered(notice);
        }

        @Override
        public void again(Notice notice, Instant due) {
            store.again(notice, due);
        }

        @Override
        public void giveUp(Notice notice, String why, Instant now) {
            var _ = store.giveUp(notice, why, Act.system("logout", now));
        }

        @Override
        public Notice tried(Notice notice) {
            return notice.tried();
        }

        @Override
        public long tries(Notice notice) {
            return notice.tries();
        }

        @Override
        public Instant since(Notice notice) {
            return notice.since();
        }

        @Override
        public Patience patience() {
            return PATIENCE;
        }

        @Override
        public String about(Notice notice) {
            return notice.client().application() + " of a login that ended";
        }
    }

    /// Begins to send; closing ends it.
    public BackChannel start() {
        sender.start();
        return this;
    }

    @Override
    public void close() {
        sender.close();
    }
}
