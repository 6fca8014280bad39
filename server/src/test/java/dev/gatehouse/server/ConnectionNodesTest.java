package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET J09: however many call through a connection on two nodes, its platform is asked once for a token.
class ConnectionNodesTest {
    private static final int CALLERS = 24;
    private static final String TOKENS = "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"";

    @TempDir
    Path folder;

    private FakePlatform platform;
    private RunningServer first;
    private RunningServer second;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        Postgres.Database database = Postgres.database();
        String block = platform.config(folder)
                + """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(folder.resolve("keys.json"), database.url(), database.user(), database.password());
        TestClock clock = new TestClock(Instant.now());
        first = RunningServer.with(Files.createDirectory(folder.resolve("1")), clock, block);
        connected = Connected.create(first);
        // After it, so that it knows the Api from its start.
        second = RunningServer.with(Files.createDirectory(folder.resolve("2")), clock, block);
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
        platform.close();
    }

    private List<Got> atOnce(String id) throws Exception {
        return atOnce(node -> connected.get(node, id, "/contacts"));
    }

    /// What is tried here is how often the platform is asked.
    private Got patiently(RunningServer node, String id) {
        return connected.patiently(node, id, "/contacts");
    }

    /// One call of somebody.
    private interface One {
        Got call(RunningServer node);
    }

    private List<Got> atOnce(One one) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                RunningServer node = i % 2 == 0 ? first : second;
                running.add(threads.submit(() -> {
                    start.await();
                    return one.call(node);
                }));
            }
            List<Got> done = new ArrayList<>();
            for (Future<Got> call : running) {
                done.add(call.get());
            }
            return done;
        }
    }

    /// The platform says that the token has ended; it rotates refresh tokens and takes each once.
    @Test
    void manyCallsWithATokenThatThePlatformEndedCauseOneRefresh() throws Exception {
        for (int round = 1; round <= 3; round++) {
            String id = connected.connected(
                    first, "oauth_internal", "crm" + round, TOKENS.replace("-0", "-" + (round - 1)));
            platform.expire();
            assertThat(atOnce(node -> patiently(node, id)))
                    .allSatisfy(got -> assertThat(got.status()).as(got.text()).isEqualTo(200));
            assertThat(platform.requests()).hasSize(round);
            assertThat(Connected.shown(first, id).get("health").asString()).isEqualTo("live");
        }
    }

    /// Nobody has to be told by the platform that a token has ended whose end is known.
    @Test
    void manyCallsWithATokenWhoseEndHasComeCauseOneRefresh() throws Exception {
        String id = connected.connected(
                first,
                "oauth_internal",
                "crm",
                TOKENS,
                ",\"token_expires_at\":\"" + Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.SECONDS) + "\"");
        assertThat(atOnce(node -> patiently(node, id)))
                .allSatisfy(got -> assertThat(got.status()).isEqualTo(200));
        assertThat(platform.requests()).hasSize(1);
        assertThat(platform.calls()).hasSize(CALLERS);
    }

    @Test
    void manyCallsThatThePlatformRefusesForGoodAskItOnce() throws Exception {
        String id = connected.connected(first, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        assertThat(atOnce(node -> patiently(node, id)))
                .allSatisfy(got -> assertThat(got.status()).isEqualTo(424));
        assertThat(platform.requests()).hasSize(1);
        assertThat(Connected.shown(first, id).get("health").asString()).isEqualTo("needs_reauth");
        assertThat(first.admin("GET", "/v1/audit?limit=200", "").text()).containsOnlyOnce("connection.needs_reauth");
    }

    @Test
    void aPlatformThatFailsIsNotAskedAgainByTheNext() throws Exception {
        String id = connected.connected(first, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.FAILS);
        assertThat(atOnce(id)).allSatisfy(got -> {
            assertThat(got.status()).as(got.text()).isEqualTo(503);
            assertThat(got.header("Retry-After")).isNotEmpty();
        });
        assertThat(platform.requests().size()).as("no storm").isLessThanOrEqualTo(3);
        assertThat(Connected.shown(first, id).get("health").asString()).isEqualTo("live");
    }
}
