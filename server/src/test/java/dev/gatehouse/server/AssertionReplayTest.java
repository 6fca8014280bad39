package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET C06: the same `jti` at another node, at the same moment, and after a restart.
class AssertionReplayTest {
    private static final int CALLERS = 8;
    private static final int ROUNDS = 10;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());

    private static SigningClient client(RunningServer server) {
        Setup.api(server, "orders", "jwt");
        return SigningClient.create(server, "customer", Setup.role(server, "buyer", "orders"));
    }

    private static int ask(RunningServer server, String assertion) {
        return server.token("orders", SigningClient.form(assertion, "grant_type=client_credentials"))
                .status();
    }

    @Test
    void ofManyThatShowOneAssertionAtTwoNodesOneIsProven() throws Exception {
        Postgres.Database database = Postgres.database();
        String block = """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(folder.resolve("keys.json"), database.url(), database.user(), database.password());
        try (RunningServer first = RunningServer.with(Files.createDirectory(folder.resolve("1")), clock, block);
                RunningServer second = RunningServer.with(Files.createDirectory(folder.resolve("2")), clock, block);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SigningClient client = client(first);
            String issuer = first.base("orders");
            for (int round = 0; round < ROUNDS; round++) {
                String assertion = client.assertion(issuer, Instant.now());
                CyclicBarrier start = new CyclicBarrier(CALLERS);
                List<Future<Integer>> running = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    RunningServer node = caller % 2 == 0 ? first : second;
                    running.add(threads.submit(() -> {
                        start.await();
                        return ask(node, assertion);
                    }));
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> one : running) {
                    statuses.add(one.get());
                }
                assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
            }
        }
    }

    @Test
    void aRestartForgetsNoUse() throws IOException {
        String assertion;
        String issuer;
        SigningClient client;
        try (RunningServer server = RunningServer.start(folder, clock)) {
            client = client(server);
            issuer = server.base("orders");
            assertion = client.assertion(issuer, clock.instant());
            assertThat(ask(server, assertion)).isEqualTo(200);
        }
        try (RunningServer server = RunningServer.start(folder, clock)) {
            assertThat(ask(server, assertion)).isEqualTo(401);
            assertThat(ask(server, client.assertion(issuer, clock.instant()))).isEqualTo(200);
        }
    }
}
