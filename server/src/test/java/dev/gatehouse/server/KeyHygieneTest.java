package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// GAUNTLET H10 through HTTP: what becomes of a key string, and how one is exchanged for another.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyHygieneTest {
    private static final int QUOTA = 1000;

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String role = "";
    private int number;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        role = Setup.role(server, "buyer", "orders");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Customer customer() {
        return Customer.create(server, "customer" + number++, role);
    }

    private JsonNode credential(Customer customer, String kind, String more) {
        return Customer.created(
                server,
                "/v1/applications/" + customer.application() + "/credentials",
                "{\"kind\":\"" + kind + "\",\"name\":\"k\",\"scopes\":\"role\"" + more + "}");
    }

    @Test
    void theQuotaOfOneApplicationIsNobodyElses() {
        Customer full = customer();
        Customer other = customer();
        Set<String> secrets = new HashSet<>(List.of(full.apiKey(), full.secret()));
        for (int i = 2; i < QUOTA; i++) {
            secrets.add(credential(full, "api_key", "").get("secret").asString());
        }
        assertThat(secrets).hasSize(QUOTA);
        var got = server.admin(
                "POST",
                "/v1/applications/" + full.application() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"one too many\"}");
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        assertThat(got.json().get("code").asString()).isEqualTo("limit_reached");
        assertThat(got.json().has("secret")).isFalse();
        assertThat(allowed(full.apiKey())).isTrue();
        assertThat(allowed(credential(other, "api_key", "").get("secret").asString()))
                .isTrue();
    }

    @Test
    void aSecretIsShownOnceAndThenOnlyItsHint() {
        Customer customer = customer();
        for (String kind : List.of("api_key", "secret")) {
            JsonNode made = credential(customer, kind, "");
            String secret = made.get("secret").asString();
            String prefix = kind.equals("api_key") ? "ghk_live_" : "ghs_live_";
            assertThat(secret).startsWith(prefix);
            String id = made.get("id").asString();
            var one = server.admin("GET", "/v1/credentials/" + id, "");
            assertThat(one.json().has("secret")).isFalse();
            assertThat(one.json().get("hint").asString())
                    .isEqualTo(prefix + "…" + secret.substring(secret.length() - 4));
            String body = secret.substring(prefix.length());
            for (String path : List.of(
                    "/v1/credentials/" + id,
                    "/v1/applications/" + customer.application() + "/credentials",
                    "/v1/audit?limit=200")) {
                var got = server.admin("GET", path, "");
                assertThat(got.status()).isEqualTo(200);
                assertThat(got.text()).doesNotContain(body).doesNotContain(body.substring(12));
            }
        }
    }

    @Test
    void oneWrongCharacterAnywhereIsRefused() {
        String key = customer().apiKey();
        assertThat(allowed(key)).isTrue();
        for (int at = 0; at < key.length(); at++) {
            char other = key.charAt(at) == 'x' ? 'y' : 'x';
            assertThat(allowed(key.substring(0, at) + other + key.substring(at + 1)))
                    .as("character %s", at)
                    .isFalse();
        }
    }

    @Test
    void twoSecretsLiveAtOnceUntilTheChosenEndOfTheOldOne() {
        Customer customer = customer();
        JsonNode next = credential(customer, "secret", "");
        String nextSecret = next.get("secret").asString();
        Instant end = clock.instant().plusSeconds(60);
        var got = server.admin("PATCH", "/v1/credentials/" + customer.secretId(), "{\"expires_at\":\"" + end + "\"}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(mints(customer, customer.secret())).isTrue();
        assertThat(mints(customer, nextSecret)).isTrue();
        clock.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(mints(customer, customer.secret())).as("1 ms before").isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(mints(customer, customer.secret())).as("at the end").isFalse();
        assertThat(mints(customer, nextSecret)).isTrue();
    }

    @Test
    void aKeyCountsFromItsBeginningToItsEndNotAMillisecondMore() {
        Customer customer = customer();
        Instant from = clock.instant().plusSeconds(10);
        String key = credential(
                        customer,
                        "api_key",
                        ",\"not_before\":\"" + from + "\",\"expires_at\":\"" + from.plusSeconds(10) + "\"")
                .get("secret")
                .asString();
        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(allowed(key)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(allowed(key)).isTrue();
        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(allowed(key)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(allowed(key)).isFalse();
    }

    @Test
    void aTokenDoesNotOutliveItsCredential() {
        Customer customer = customer();
        String secret = credential(
                        customer,
                        "secret",
                        ",\"expires_at\":\"" + clock.instant().plusSeconds(30) + "\"")
                .get("secret")
                .asString();
        var got = server.token(
                "orders",
                "grant_type=client_credentials",
                "Authorization",
                RunningServer.basic(customer.clientId(), secret));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("expires_in").asInt()).isLessThanOrEqualTo(30);
        String token = got.json().get("access_token").asString();
        assertThat(allowed(token)).isTrue();
        clock.advance(Duration.ofSeconds(30));
        assertThat(allowed(token)).isFalse();
    }

    private boolean allowed(String bearer) {
        int status = server.call("orders", "GET", "/things", "Authorization", "Bearer " + bearer)
                .status();
        assertThat(status).isIn(200, 401);
        return status == 200;
    }

    private boolean mints(Customer customer, String secret) {
        int status = server.token(
                        "orders",
                        "grant_type=client_credentials",
                        "Authorization",
                        RunningServer.basic(customer.clientId(), secret))
                .status();
        assertThat(status).isIn(200, 401);
        return status == 200;
    }
}
