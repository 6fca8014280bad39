package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two nodes that are told at once what one key may do at one sub-account: the entry stays one, and both go by it.
class NombaAccessNodesTest extends NombaFixture {
    private static final String TILL = "b5f2b6a0-3d70-4a9f-8b8e-0a3a0f9d7b11";
    private static final String TILL_SECRET = "dGlsbCBzZWNyZXQgdGlsbCBzZWNyZXQgdGlsbCBzZWNy";
    private static final int ROUNDS = 4;
    private static final int CALLERS = 6;

    private final Postgres.Database database = Postgres.database();
    private RunningServer second;
    private String till = "";

    /// Nodes go by the clock of their database.
    @Override
    TestClock clock() {
        return new TestClock(Instant.now());
    }

    @Override
    RunningServer node() throws IOException {
        return opened("1");
    }

    private RunningServer opened(String name) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        return RunningServer.with(own, clock, """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(
                        folder.resolve("keys.json"), database.url(), database.user(), database.password()));
    }

    @BeforeEach
    void till() throws IOException {
        String role = Setup.role(server, "till", List.of("accounts"), "nomba");
        Setup.role(server, "account-writer", List.of("accounts"), "nomba");
        till = id(Customer.created(
                server,
                "/v1/organizations/" + parent + "/applications",
                "{\"name\":\"Till\",\"client_id\":\"" + TILL + "\",\"role\":\"" + role + "\"}"));
        Customer.created(
                server,
                "/v1/applications/" + till + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + TILL_SECRET + "\"}");
        second = opened("2");
    }

    @AfterEach
    void stopSecond() {
        second.close();
    }

    private Got set(RunningServer node, String token, String type) {
        return node.send(
                "orders",
                "PUT",
                "/v1/accounts/" + sub + "/access",
                "{\"grantType\":\"" + type + "\",\"clientId\":\"" + TILL + "\"}",
                "Authorization",
                "Bearer " + token,
                "accountId",
                parent);
    }

    private Got till(RunningServer node) {
        return node.send(
                "orders",
                "POST",
                "/v1/auth/token/issue",
                "{\"grant_type\":\"client_credentials\",\"client_id\":\"" + TILL + "\",\"client_secret\":\""
                        + TILL_SECRET + "\"}",
                "accountId",
                sub);
    }

    @Test
    void ofManyThatSaySomethingAtTwoNodesEachIsWholeOrToldToComeAgain() throws Exception {
        String token = token(parent);
        for (int round = 0; round < ROUNDS; round++) {
            CyclicBarrier start = new CyclicBarrier(CALLERS);
            int done = 0;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Got>> running = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    RunningServer node = i % 2 == 0 ? server : second;
                    String type = i < CALLERS / 2 ? "allow" : "deny";
                    running.add(threads.submit(() -> {
                        start.await();
                        return set(node, token, type);
                    }));
                }
                for (Future<Got> one : running) {
                    Got got = one.get();
                    assertThat(got.status()).as(got.text()).isIn(200, 503);
                    done += got.status() == 200 ? 1 : 0;
                }
            }
            assertThat(done).isPositive();
            JsonNode access =
                    server.admin("GET", "/v1/organizations/" + sub, "").json().get("access");
            assertThat(access).hasSize(1);
            JsonNode entry = access.get(0);
            assertThat(entry.get("application").asString()).isEqualTo(till);
            assertThat(entry.get("by").asString()).isEqualTo(parent);
            for (RunningServer node : List.of(server, second)) {
                Got got = till(node);
                assertThat(got.status()).as(got.text()).isEqualTo(entry.has("role") ? 200 : 403);
            }
        }
    }
}
