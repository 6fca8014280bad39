package dev.gatehouse.server.ping;

import static dev.gatehouse.server.notice.Counts.counter;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.oauth.endpoint.SealedPings;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Counts;
import dev.gatehouse.server.notice.InTurn;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Tells clients that a person has answered, for as long as there is something to fetch. A client that hears
/// nothing asks, as it may at any time. No more wait of an application than it may send requests.
public record Pings(OutboxStore<Ping> store, Notification notification) implements Outbox<Ping> {
    private static final Patience PATIENCE = new Patience(8, Duration.ofMinutes(10), Duration.ofMinutes(1));

    /// What sends them, waiting to be told to start.
    ///
    /// @param pings reads what clients are told with
    /// @param egress of its own; closed with this
    public static Sender<Ping> sender(
            OutboxStore<Ping> store,
            FactSource facts,
            SealedPings pings,
            Egress egress,
            MeterRegistry registry,
            InstantSource clock) {
        InTurn turns = new InTurn(OutboxStore.OF_APPLICATION, Sender.AT_ONCE);
        return new Sender<>(
                "pings",
                new Pings(store, new Notification(facts, pings, egress, turns)),
                new Counts(
                        counter(registry, "gatehouse.pings.delivered", "Clients that were told of an answer"),
                        counter(registry, "gatehouse.pings.failures", "Attempts to tell a client that are tried again"),
                        counter(registry, "gatehouse.pings.undelivered", "Clients that were not told of an answer")),
                egress::close,
                clock);
    }

    @Override
    public OutboxStore<Ping> waiting() {
        return store;
    }

    @Override
    public Came attempt(Taken<Ping> taken, Instant now) {
        return PATIENCE.over(taken, now) ? new Came.Refused("old") : notification.attempt(taken.notice(), now);
    }

    @Override
    public Patience patience() {
        return PATIENCE;
    }

    @Override
    public String actor() {
        return "pings";
    }

    @Override
    public String about(Ping ping) {
        return ping.application() + " of an answer";
    }
}
