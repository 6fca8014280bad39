package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Rotating by command: new tokens come under the new key, old ones stay valid, exactly one key is active.
class KeyRotationTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock(Instant.parse("2026-01-01T00:00:00Z")));
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "acme", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"orders, orders", "parcels, gatehouse"})
    void tokensOfBothKeysAreAcceptedAfterARotation(String api, String keyOwner) {
        String before = mint(api);
        assertThat(server.admin("POST", "/v1/apis/" + keyOwner + "/keys/rotate", "")
                        .status())
                .isEqualTo(200);
        String after = mint(api);
        assertThat(keyOf(api, after)).isNotEqualTo(keyOf(api, before));
        for (String token : List.of(before, after)) {
            assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(states(keyOwner)).contains("retired").containsOnlyOnce("active");
    }

    @Test
    void aPreparedKeyIsPublishedBeforeItIsUsed() {
        mint("orders");
        RunningServer.Got prepared = server.admin("POST", "/v1/apis/orders/keys/prepare", "");
        assertThat(prepared.status()).as(prepared.text()).isEqualTo(201);
        String next = prepared.json().get("id").asString();
        assertThat(published()).contains(next);
        assertThat(keyOf("orders", mint("orders"))).isNotEqualTo(next);
        assertThat(server.admin("POST", "/v1/apis/orders/keys/rotate", "").status())
                .isEqualTo(200);
        assertThat(keyOf("orders", mint("orders"))).isEqualTo(next);
    }

    @Test
    void anApiThatSealsHasNoKeysOfItsOwnToRotate() {
        assertThat(server.admin("POST", "/v1/apis/parcels/keys/rotate", "").status())
                .isEqualTo(409);
        assertThat(server.admin("POST", "/v1/apis/parcels/keys/prepare", "").status())
                .isEqualTo(409);
        assertThat(server.admin("POST", "/v1/apis/unheard-of/keys/rotate", "").status())
                .isEqualTo(404);
    }

    private List<String> states(String api) {
        List<String> states = new ArrayList<>();
        for (JsonNode key :
                server.admin("GET", "/v1/apis/" + api + "/keys", "").json().get("items")) {
            assertThat(key.propertyNames()).doesNotContain("encrypted", "public_part");
            if (api.equals("orders") || key.get("use").asString().equals("seal")) {
                states.add(key.get("state").asString());
            }
        }
        return states;
    }

    private List<String> published() {
        List<String> ids = new ArrayList<>();
        server.call("orders", "GET", "/oauth2/jwks")
                .json()
                .get("keys")
                .forEach(key -> ids.add(key.get("kid").asString()));
        return ids;
    }

    /// The key that a token names: `kid` of a JWT's header, the second part of a sealed token.
    private static String keyOf(String api, String token) {
        if (api.equals("orders")) {
            byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
            return RunningServer.JSON.readTree(header).get("kid").asString();
        }
        return token.substring(0, "gts_".length() + 14);
    }

    private String mint(String api) {
        RunningServer.Got got = server.token(api, customer, "grant_type=client_credentials");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }
}
