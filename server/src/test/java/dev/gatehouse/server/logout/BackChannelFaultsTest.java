package dev.gatehouse.server.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Sender;
import dev.gatehouse.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// Faults of ours are bounded like those of applications, and nothing keeps a node from stopping.
class BackChannelFaultsTest {
    private static final LogoutStore.Client CLIENT = new LogoutStore.Client(
            new Id(Kind.APPLICATION, 1), new Id(Kind.API, 2), new Id(Kind.USER, 3), new Id(Kind.SESSION, 4));

    private final TestClock clock = new TestClock();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    /// Has one notice, once.
    private final class One implements LogoutStore, OutboxStore<LogoutStore.Client> {
        private final BlockingQueue<Taken<Client>> waiting;

        One(long tries) {
            this.waiting = new LinkedBlockingQueue<>(List.of(new Taken<>(CLIENT, 1, tries, clock.instant())));
        }

        @Override
        public List<Client> clients(Id login) {
            return List.of();
        }

        @Override
        public OutboxStore<Client> notices() {
            return this;
        }

        @Override
        public List<Taken<Client>> crowding(int most, int atOnce) {
            return List.of();
        }

        @Override
        public List<Taken<Client>> take(int most, Instant now) {
            Taken<Client> next = waiting.poll();
            return next == null ? List.of() : List.of(next);
        }

        @Override
        public void delivered(Taken<Client> taken, Act act) {
            said.add("delivered");
        }

        @Override
        public void again(Taken<Client> taken, Instant due) {
            said.add("again after " + taken.tries());
        }

        @Override
        public Stored<Taken<Client>> giveUp(Taken<Client> taken, String why, Act act) {
            said.add("given up: " + why);
            return new Stored.Done<>(taken);
        }
    }

    private Sender<LogoutStore.Client> started(
            long tries, BiFunction<LogoutStore.Client, Instant, Came> delivery, Runnable last) {
        return BackChannel.sender(new BackChannel(new One(tries), delivery), last, new SimpleMeterRegistry(), clock)
                .start();
    }

    private String next() throws InterruptedException {
        String next = said.poll(60, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private static Came broken() {
        throw new IllegalStateException("broken");
    }

    @Test
    void anErrorIsATryAndTheLastOneIsGivenUp() throws InterruptedException {
        try (Sender<LogoutStore.Client> _ = started(3, (_, _) -> broken(), () -> {})) {
            assertThat(next()).isEqualTo("again after 4");
        }
        try (Sender<LogoutStore.Client> _ = started(BackChannel.TRIES - 1, (_, _) -> broken(), () -> {})) {
            assertThat(next()).isEqualTo("given up: error");
        }
    }

    @Test
    void whatWasNotItsTurnIsNoTry() throws InterruptedException {
        Came busy = new Came.Failed("busy", false);
        try (Sender<LogoutStore.Client> _ = started(BackChannel.TRIES - 1, (_, _) -> busy, () -> {})) {
            assertThat(next()).isEqualTo("again after 11");
        }
    }

    /// What is cut short is left to its lease.
    @Test
    void closingWaitsForNobodyWhoDoesNotAnswer() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cutShort = new CountDownLatch(1);
        Sender<LogoutStore.Client> channel = started(
                0,
                (_, _) -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        cutShort.countDown();
                    }
                    return new Came.Failed("broken", true);
                },
                () -> said.add("closed"));
        asked.await();
        channel.close();
        cutShort.await();
        assertThat(next()).isEqualTo("closed");
        assertThat(said).isEmpty();
    }
}
