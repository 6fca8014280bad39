package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes over one database: what one ends, the other tells nobody.
class RevealNodesTest {
    private static final int KEYS = 12;

    @TempDir
    Path folder;

    /// Nodes go by the clock of their database.
    private final TestClock clock = new TestClock(Instant.now());

    private final Postgres.Database database = Postgres.database();
    private RunningServer one;
    private RunningServer other;
    private Secret owner;
    private Customer customer;

    private RunningServer opened(String name) throws IOException {
        return RunningServer.with(Files.createDirectory(folder.resolve(name)), clock, """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(
                        folder.resolve("keys.json"), database.url(), database.user(), database.password()));
    }

    @BeforeEach
    void start() throws IOException {
        one = opened("1");
        owner = one.bootstrapKey();
        Setup.api(one, "orders", "sealed");
        Setup.reveal(one, "orders", "[\"api_key\",\"secret\"]");
        customer = Customer.create(one, "one", Setup.role(one, "buyer", "orders"));
        other = opened("2");
    }

    @AfterEach
    void stop() {
        other.close();
        one.close();
    }

    private Got reveal(RunningServer node, String key) {
        return node.admin(owner, "POST", "/v1/credentials/" + key + "/reveal", "");
    }

    @Test
    void whatIsRevokedAtOneNodeIsToldAtNone() {
        assertThat(reveal(other, customer.apiKeyId()).json().get("secret").asString())
                .isEqualTo(customer.apiKey());
        assertThat(one.admin("POST", "/v1/credentials/" + customer.apiKeyId() + "/revoke", "")
                        .status())
                .isEqualTo(200);
        assertThat(reveal(other, customer.apiKeyId()).status()).isEqualTo(409);
        assertThat(one.admin("POST", "/v1/applications/" + customer.application() + "/revoke", "")
                        .status())
                .isEqualTo(200);
        assertThat(reveal(other, customer.secretId()).status()).isEqualTo(409);
    }

    /// Whoever makes keys at one node while the other takes it back makes them without a copy that is told.
    @Test
    void nothingIsKeptBehindTheBackOfWhoTakesItBack() throws Exception {
        String path = "/v1/applications/" + customer.application() + "/credentials";
        String body = "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":{\"orders\":[\"things:read\"]}}";
        List<Future<Got>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < KEYS; i++) {
                made.add(threads.submit(() -> other.admin(owner, "POST", path, body)));
                if (i == KEYS / 2) {
                    Setup.reveal(one, "orders", "[]");
                }
            }
        }
        for (Future<Got> future : made) {
            Got got = future.get();
            assertThat(got.status()).as(got.text()).isEqualTo(201);
            assertThat(reveal(other, got.json().get("id").asString()).status()).isEqualTo(409);
        }
        Setup.reveal(one, "orders", "[\"api_key\"]");
        for (Future<Got> future : made) {
            String key = future.get().json().get("id").asString();
            assertThat(reveal(one, key).status()).as("it does not come back").isEqualTo(409);
        }
    }

    @Test
    void aDumpHasNoSecret() throws SQLException {
        assertThat(reveal(one, customer.apiKeyId()).status()).isEqualTo(200);
        List<String> rows = dump();
        assertThat(rows).anyMatch(row -> row.startsWith("secret_copy "));
        for (String secret : List.of(customer.apiKey(), customer.secret())) {
            String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(rows).noneMatch(row -> row.contains(secret) || row.contains(hex));
        }
    }

    /// Every row of every table, bytes in hexadecimal digits.
    private List<String> dump() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection sql = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = sql.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet all = statement.executeQuery("SELECT t::text FROM \"" + table + "\" AS t")) {
                    while (all.next()) {
                        rows.add(table + " " + all.getString(1));
                    }
                }
            }
        }
        return rows;
    }
}
