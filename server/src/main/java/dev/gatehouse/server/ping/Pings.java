package dev.gatehouse.server.ping;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.PingStore;
import dev.gatehouse.core.store.PingStore.Due;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.oauth.endpoint.SealedPings;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.InTurn;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Tells clients that a person has answered, for as long as there is something to fetch. A client that hears
/// nothing asks, as it may at any time.
public record Pings(PingStore store, Notification notification) implements Outbox<Due> {
    private static final int OF_APPLICATION = 2;
    private static final Patience PATIENCE = new Patience(8, Duration.ofMinutes(10), Duration.ofMinutes(1));

    /// What sends them, waiting to be told to start.
    ///
    /// @param pings reads what clients are told with
    /// @param egress of its own; closed with this
    public static Sender<Due> sender(
            PingStore store,
            FactSource facts,
            SealedPings pings,
            Egress egress,
            MeterRegistry registry,
            InstantSource clock) {
        InTurn turns = new InTurn(OF_APPLICATION, Sender.AT_ONCE);
        return new Sender<>(
                "pings",
                new Pings(store, new Notification(facts, pings, egress, turns)),
                new Sender.Counts(
                        counter(registry, "gatehouse.pings.delivered", "Clients that were told of an answer"),
                        counter(registry, "gatehouse.pings.failures", "Attempts to tell a client that are tried again"),
                        counter(registry, "gatehouse.pings.undelivered", "Clients that were not told of an answer")),
                egress::close,
                clock);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    @Override
    public List<Due> take(int most, Instant now) {
        return store.take(most, OF_APPLICATION, now);
    }

    /// No more wait of an application than it may send requests.
    @Override
    public List<Due> crowding() {
        return List.of();
    }

    @Override
    public Came attempt(Due due, Instant now) {
        return PATIENCE.over(due.tries(), due.since(), now) ? new Came.Refused("old") : notification.attempt(due, now);
    }

    @Override
    public void delivered(Due due) {
        store.delivered(due);
    }

    @Override
    public void again(Due due, Instant at) {
        store.again(due, at);
    }

    @Override
    public void giveUp(Due due, String why, Instant now) {
        var _ = store.giveUp(due, why, Act.system("pings", now));
    }

    @Override
    public Due tried(Due due) {
        return due.tried();
    }

    @Override
    public long tries(Due due) {
        return due.tries();
    }

    @Override
    public Instant since(Due due) {
        return due.since();
    }

    @Override
    public Patience patience() {
        return PATIENCE;
    }

    @Override
    public String about(Due due) {
        return due.application() + " of an answer";
    }
}
