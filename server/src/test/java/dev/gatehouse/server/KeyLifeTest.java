package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// GAUNTLET N02 through HTTP: keys that follow each other by themselves, and keys that are retired in an
/// emergency.
class KeyLifeTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private RunningServer server;
    private Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "acme", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void n02KeysThatRotateByThemselvesLoseNoRequest() throws InterruptedException, ExecutionException {
        String admin = lastingKey();
        mint("orders");
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> load = List.of(
                    threads.submit(() -> load("orders", over)),
                    threads.submit(() -> load("parcels", over)),
                    threads.submit(() -> load("orders", over)),
                    threads.submit(() -> load("parcels", over)));
            try {
                for (int rotation = 0; rotation < 2; rotation++) {
                    String first = active(admin, "orders", "sign");
                    clock.advance(Duration.ofDays(29).plusMinutes(1));
                    String next = prepared(admin, "orders", "sign");
                    String nextSeal = prepared(admin, "gatehouse", "seal");
                    until(() -> Optional.of(next).filter(published()::contains));
                    assertThat(published()).contains(first, next);
                    assertThat(active(admin, "orders", "sign")).isEqualTo(first);
                    clock.advance(Duration.ofDays(1));
                    assertThat(until(() ->
                                    Optional.of(active(admin, "orders", "sign")).filter(next::equals)))
                            .isEqualTo(next);
                    assertThat(until(() -> Optional.of(active(admin, "gatehouse", "seal"))
                                    .filter(nextSeal::equals)))
                            .isEqualTo(nextSeal);
                    assertThat(published()).as("accepted while its tokens live").contains(first);
                    clock.advance(Duration.ofDays(1).plusMinutes(2));
                    until(() -> Optional.of(first).filter(key -> !published().contains(key)));
                    until(() -> Optional.of(first)
                            .filter(key -> !listed(admin, "orders").contains(key)));
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> one : load) {
                assertThat(one.get()).isPositive();
            }
        }
        assertThat(server.ops("/metrics").text())
                .contains("gatehouse_keys_unreadable 0.0")
                .contains("gatehouse_key_rotation_failures_total 0.0")
                .contains("gatehouse_key_age_seconds{use=\"sign\"}")
                .contains("gatehouse_key_rotation_due_seconds{use=\"seal\"}");
    }

    /// Tokens made and used until it is over. A token dies of age between two steps of the clock, which is seen
    /// from a second token made after it.
    private int load(String api, AtomicBoolean over) {
        int count = 0;
        while (!over.get()) {
            Instant before = clock.instant();
            String token = mint(api);
            RunningServer.Got got = server.call(api, "GET", "/things", "Authorization", "Bearer " + token);
            if (clock.instant().equals(before)) {
                assertThat(got.status()).as(got.text()).isEqualTo(200);
                count++;
            }
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"orders, orders, sign", "parcels, gatehouse, seal"})
    void n02ARetiredKeysTokensAreRefusedAtOnceAndAnotherKeyTakesItsPlace(String api, String owner, String use) {
        String token = mint(api);
        String key = active("", owner, use);
        RunningServer.Got retired = server.admin("POST", "/v1/apis/" + owner + "/keys/" + key + "/retire", "");
        assertThat(retired.status()).as(retired.text()).isEqualTo(200);
        assertThat(retired.json().get("state").asString()).isEqualTo("withdrawn");
        assertThat(retired.json().at("/receipt/acknowledged").asInt()).isEqualTo(1);
        assertThat(retired.json().at("/receipt/run_out").asInt()).isZero();
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(active("", owner, use)).isNotEqualTo(key);
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + mint(api))
                        .status())
                .isEqualTo(200);
        assertThat(published()).doesNotContain(key);
        assertThat(server.admin("POST", "/v1/apis/" + owner + "/keys/" + key + "/retire", "")
                        .status())
                .as("again")
                .isEqualTo(200);
    }

    @Test
    void aKeyOfAnotherApiIsNotThere() {
        mint("orders");
        String seal = active("", "gatehouse", "seal");
        String sign = active("", "orders", "sign");
        for (String path : List.of(
                "orders/keys/" + seal,
                "parcels/keys/" + sign,
                "gatehouse/keys/" + sign,
                "orders/keys/key_0000000000000",
                "orders/keys/x")) {
            assertThat(server.admin("POST", "/v1/apis/" + path + "/retire", "").status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(active("", "orders", "sign")).isEqualTo(sign);
    }

    @Test
    void n03AnErasedPrivatePartIsInNoFileOfTheDatabase() throws IOException, SQLException {
        mint("orders");
        String key = active("", "orders", "sign");
        Set<String> before = ciphertexts();
        assertThat(server.admin("POST", "/v1/apis/orders/keys/" + key + "/retire", "")
                        .status())
                .isEqualTo(200);
        Set<String> erased = new HashSet<>(before);
        erased.removeAll(ciphertexts());
        assertThat(erased).as("the key's own, and none but it").hasSize(1);
        stop();
        try (var files = Files.list(folder.resolve("data"))) {
            for (Path file : files.toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(erased.iterator().next()))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private Set<String> ciphertexts() throws SQLException {
        Set<String> all = new HashSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT encrypted FROM stored_key WHERE length(encrypted) > 0")) {
            while (rows.next()) {
                all.add(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    private Path database() {
        try (var files = Files.list(folder.resolve("data"))) {
            return files.filter(file -> file.endsWith("gatehouse.db"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The bootstrap key ends after a day; this one does not.
    private String lastingKey() {
        String application = server.admin("GET", "/v1/whoami", "")
                .json()
                .get("application")
                .get("id")
                .asString();
        RunningServer.Got made = server.admin(
                "POST",
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"lasting\",\"scopes\":\"role\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().get("secret").asString();
    }

    private interface Try {
        Optional<String> get();
    }

    /// Asks until there is an answer; the rotation looks every second.
    private static String until(Try what) {
        Optional<String> found = what.get();
        for (int i = 0; i < 100_000 && found.isEmpty(); i++) {
            found = what.get();
        }
        return found.orElseThrow();
    }

    private String active(String admin, String api, String use) {
        return in(admin, api, use, "active").orElseThrow();
    }

    private String prepared(String admin, String api, String use) {
        return until(() -> in(admin, api, use, "prepared"));
    }

    private Optional<String> in(String admin, String api, String use, String state) {
        for (JsonNode key : items(admin, api)) {
            if (key.get("use").asString().equals(use)
                    && key.get("state").asString().equals(state)) {
                return Optional.of(key.get("id").asString());
            }
        }
        return Optional.empty();
    }

    private JsonNode items(String admin, String api) {
        String path = "/v1/apis/" + api + "/keys";
        RunningServer.Got got = admin.isEmpty()
                ? server.admin("GET", path, "")
                : server.admin(dev.gatehouse.core.secret.Secret.of(admin), "GET", path, "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("items");
    }

    private List<String> listed(String admin, String api) {
        List<String> ids = new ArrayList<>();
        items(admin, api).forEach(key -> ids.add(key.get("id").asString()));
        return ids;
    }

    private List<String> published() {
        List<String> ids = new ArrayList<>();
        server.call("orders", "GET", "/oauth2/jwks")
                .json()
                .get("keys")
                .forEach(key -> ids.add(key.get("kid").asString()));
        return ids;
    }

    private String mint(String api) {
        RunningServer.Got got = server.token(api, customer, "grant_type=client_credentials");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        String token = got.json().get("access_token").asString();
        return token;
    }
}
