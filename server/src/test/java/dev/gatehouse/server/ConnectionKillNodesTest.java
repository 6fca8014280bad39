package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// GAUNTLET J09: one of two nodes is killed between the platform's answer and its own commit, with a refresh token
/// that rotates. The other knows that somebody had asked, asks once however many call, and the connection keeps its
/// id.
class ConnectionKillNodesTest {
    private static final int CALLERS = 50;
    private static final String TOKENS = "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"";

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    private void kill() {
        try {
            Files.createFile(folder.resolve("killed/kill"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOtherNodeGoesOn(boolean twice) throws Exception {
        Postgres.Database database = Postgres.database();
        String block = platform.config(folder)
                + """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(folder.resolve("keys.json"), database.url(), database.user(), database.password());
        TestClock clock = new TestClock(Instant.now());
        Path own = Files.createDirectory(folder.resolve("other"));
        try (RunningServer other = RunningServer.with(own, clock, block)) {
            Connected connected = Connected.create(other);
            String id = connected.connected(other, "oauth_internal", "crm", TOKENS);
            try (ServerProcess child =
                    ServerProcess.start(Files.createDirectory(folder.resolve("killed")), List.of(), block)) {
                platform.expire();
                platform.after(this::kill);
                assertThat(answered(connected, child, id)).isFalse();
                child.process().onExit().join();
                assertThat(child.process().exitValue()).isEqualTo(137);
            }
            assertThat(platform.given()).as("the platform rotated").isEqualTo(1);
            platform.after(() -> {});
            if (twice) {
                platform.mood(Mood.GIVES_TWICE);
            }
            lapse(database);
            assertThat(atOnce(connected, other, id)).containsOnly(twice ? 200 : 424);
            assertThat(platform.requests()).hasSize(2);
            JsonNode rows = other.admin("GET", "/v1/audit?limit=200", "").json().get("items");
            String verb = twice ? "connection.refresh" : "connection.needs_reauth";
            assertThat(rows.valueStream()
                            .filter(row -> row.get("verb").asString().equals(verb)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("detail").toString()).contains("lost_before"));
            platform.mood(Mood.GIVES);
            Got again = other.admin(
                    "PUT",
                    "/v1/connections/" + id + "/credential",
                    "{\"credential\":{\"access_token\":\"access-%1$d\",\"refresh_token\":\"refresh-%1$d\"}}"
                            .formatted(platform.given()));
            assertThat(again.status()).as(again.text()).isEqualTo(200);
            assertThat(again.json().get("id").asString()).isEqualTo(id);
            assertThat(connected.patiently(other, id, "/x").status()).isEqualTo(200);
        }
    }

    /// Until the lease of the dead has run out nobody asks; nodes of one database go by its clock, which no test
    /// moves, so that the row is made older.
    private static void lapse(Postgres.Database database) throws SQLException {
        try (Connection sql = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement older = sql.createStatement()) {
            assertThat(older.executeUpdate(
                            "UPDATE connection SET leased_until = leased_until - 60000000 WHERE leased_until > 0"))
                    .isEqualTo(1);
        }
    }

    private static boolean answered(Connected connected, ServerProcess child, String id) {
        try {
            return connected.get(child.server(), id, "/x").status() > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static List<Integer> atOnce(Connected connected, RunningServer node, String id) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<Integer> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return connected.patiently(node, id, "/x");
                }));
            }
            for (Future<Got> one : running) {
                done.add(one.get().status());
            }
        }
        return done;
    }
}
