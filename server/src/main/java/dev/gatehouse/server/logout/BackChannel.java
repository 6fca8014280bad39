package dev.gatehouse.server.logout;

import static dev.gatehouse.server.notice.Counts.counter;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.oauth.token.LogoutTokens;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Counts;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

/// Tells applications of logins that ended.
///
/// @param delivery one attempt
public record BackChannel(LogoutStore store, BiFunction<Client, Instant, Came> delivery) implements Outbox<Client> {
    /// How often it is tried, which takes about an hour.
    static final int TRIES = 12;

    private static final Patience PATIENCE = new Patience(TRIES, Duration.ofDays(1), Duration.ofMinutes(10));

    /// The most that wait for one application.
    private static final int WAITING = 1000;

    private static final int GIVEN_UP_AT_ONCE = 100;

    /// What sends them, waiting to be told to start.
    ///
    /// @param subjects what applications know users as
    /// @param egress of its own, with [Sender#LIMITS]; closed with this
    public static Sender<Client> sender(
            LogoutStore store,
            FactSource facts,
            LogoutTokens tokens,
            Subjects subjects,
            Egress egress,
            MeterRegistry registry,
            InstantSource clock) {
        Delivery delivery = new Delivery(facts, tokens, subjects, egress, OutboxStore.OF_APPLICATION, Sender.AT_ONCE);
        return sender(new BackChannel(store, delivery::attempt), egress::close, registry, clock);
    }

    /// @param last what closes with it
    static Sender<Client> sender(BackChannel outbox, Runnable last, MeterRegistry registry, InstantSource clock) {
        return new Sender<>(
                "back-channel",
                outbox,
                new Counts(
                        counter(registry, "gatehouse.logout.delivered", "Logout tokens that applications took"),
                        counter(
                                registry,
                                "gatehouse.logout.failures",
                                "Attempts to deliver a logout token that are tried again"),
                        counter(registry, "gatehouse.logout.undelivered", "Logout tokens that were given up")),
                last,
                clock);
    }

    @Override
    public OutboxStore<Client> waiting() {
        return store.notices();
    }

    @Override
    public List<Taken<Client>> crowding() {
        return store.crowding(WAITING, GIVEN_UP_AT_ONCE);
    }

    @Override
    public Came attempt(Taken<Client> taken, Instant now) {
        return delivery.apply(taken.notice(), now);
    }

    @Override
    public Patience patience() {
        return PATIENCE;
    }

    @Override
    public String actor() {
        return "logout";
    }

    @Override
    public String about(Client client) {
        return client.application() + " of a login that ended";
    }
}
