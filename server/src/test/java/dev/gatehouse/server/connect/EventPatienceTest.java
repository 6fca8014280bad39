package dev.gatehouse.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressListener;
import dev.gatehouse.egress.Opening;
import dev.gatehouse.egress.Resolver;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Sender;
import dev.gatehouse.server.notice.Settling;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.contract.Nouns;
import dev.gatehouse.testkit.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A receiver that does not answer is told for three days, at growing distances; then the trail says that it was
/// not told.
class EventPatienceTest {
    private final TestClock clock = new TestClock(Nouns.NOW);
    private final MemoryStore store = new MemoryStore(_ -> new byte[32], new Random(5));
    private final Nouns nouns = new Nouns(5);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 500;
    private HttpServer receiver;
    private Egress egress;
    private EventHook hook;
    private Settling<ConnectionEvent> settling;
    private Id connection;

    @BeforeEach
    void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
        String origin = "http://127.0.0.1:" + receiver.getAddress().getPort();
        egress = new Egress(
                List.of(Opening.parse(origin).orElseThrow()),
                Sender.LIMITS,
                Resolver.SYSTEM,
                System::nanoTime,
                EgressListener.NONE);
        Secret secret = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
        hook = new EventHook(store.connectionEvents(), store.connections(), egress, origin + "/", List.of(secret));
        settling = new Settling<>(hook, EventHooks.counts(new SimpleMeterRegistry()));
        store.install(nouns.installation(), nouns.act());
        connection = failing();
    }

    @AfterEach
    void close() {
        egress.close();
        receiver.stop(0);
    }

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    /// One that has just failed for the first time.
    private Id failing() {
        ConnectionStore connections = store.connections();
        Id root = store.members().root().orElseThrow().id();
        Connection one = done(connections.add(nouns.connection(root, "crm"), Nouns.SEALED, nouns.act()));
        Lease lease = done(connections.lease(one.id(), one.credential(), Nouns.NOW.plusSeconds(60), nouns.act()));
        done(connections.release(lease, true, Nouns.NOW.plusSeconds(30), "slow", nouns.act()));
        return one.id();
    }

    private List<Taken<ConnectionEvent>> due() {
        return hook.waiting().take(10, clock.instant());
    }

    /// Tells what is due, and writes down what came of it.
    private Came told(Taken<ConnectionEvent> due) {
        Came came = hook.attempt(due, clock.instant());
        settling.settle(due, came, clock.instant());
        return came;
    }

    private List<AuditRow> givenUp() {
        return store.audit().newest(100).stream()
                .filter(row -> row.verb().equals("connection.undelivered"))
                .toList();
    }

    @Test
    void anEventIsTriedForThreeDaysEverLessOftenAndThenGivenUp() {
        List<Duration> pauses = new ArrayList<>();
        Instant last = clock.instant();
        while (givenUp().isEmpty()) {
            List<Taken<ConnectionEvent>> due = due();
            if (due.isEmpty()) {
                clock.advance(Duration.ofSeconds(10));
                continue;
            }
            pauses.add(Duration.between(last, clock.instant()));
            last = clock.instant();
            told(due.getFirst());
        }
        List<Duration> between = pauses.subList(1, pauses.size());
        assertThat(between.subList(0, 5))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(80),
                        Duration.ofSeconds(160));
        assertThat(between).isSorted();
        assertThat(Collections.max(between)).isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(Nouns.NOW, last))
                .isBetween(Duration.ofDays(3), Duration.ofDays(3).plusHours(1));
        assertThat(asked.get()).as("the last was too late to be sent").isEqualTo(pauses.size() - 1);
        AuditRow row = givenUp().getFirst();
        assertThat(row.toString()).contains(connection.text(), "connection.failing", "old");
        assertThat(row.toString()).contains("\"attempts\":\"" + asked.get() + "\"");
        clock.advance(Duration.ofDays(30));
        assertThat(due()).isEmpty();
        assertThat(givenUp()).hasSize(1);
    }

    @Test
    void whatIsTakenInTheLastHourIsDelivered() {
        told(due().getFirst());
        clock.advance(Duration.ofDays(3).minusMinutes(1));
        status = 204;
        assertThat(told(due().getFirst())).isEqualTo(new Came.Delivered());
        assertThat(givenUp()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(due()).isEmpty();
    }

    /// A hook that is newly configured hears of what is three days old at most: what an operator can still act on.
    @Test
    void whatNobodyListenedToForLongerIsGivenUpWithoutBeingSent() {
        clock.advance(Duration.ofDays(3));
        assertThat(told(due().getFirst())).isEqualTo(new Came.Refused("old"));
        assertThat(asked.get()).isZero();
        assertThat(givenUp()).hasSize(1);
    }

    @Test
    void whatIsOfARevokedConnectionIsNotSent() {
        done(store.members().revoke(connection, nouns.act()));
        assertThat(told(due().getFirst())).isEqualTo(new Came.Refused("revoked"));
        assertThat(asked.get()).isZero();
    }
}
