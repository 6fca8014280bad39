package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A refresh token from before its client, or its Api, was changed: what is said now holds from its next use on.
class RefreshAfterChangeTest {
    private static final String REFUSED = "invalid_request";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final ProofKey key = ProofKey.draw();
    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(role("readers")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String role(String name) {
        return Setup.role(server, name, List.of("things:read", "openid", "offline_access"), "orders");
    }

    private SigningClient client(String method) {
        String root = Setup.root(server);
        String id = Customer.created(
                        server,
                        "/v1/organizations/" + root + "/applications",
                        "{\"name\":\"Till\",\"role\":\"" + role("tills") + "\",\"token_endpoint_auth_method\":\""
                                + method + "\",\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
                                + "\"redirect_uris\":[\"" + CodeFlow.REDIRECT + "\"]}")
                .get("id")
                .asString();
        KeyPair pair = SigningClient.draw();
        return new SigningClient(root, id, id(id), "", pair, "one");
    }

    private String id(String application) {
        return server.admin("GET", "/v1/applications/" + application, "")
                .json()
                .get("client_id")
                .asString();
    }

    private void keyed(SigningClient client) {
        Customer.created(
                server,
                "/v1/applications/" + client.application() + "/credentials",
                SigningClient.body("keys", SigningClient.jwks("one", client.pair())));
    }

    private void patch(SigningClient client, String members) {
        Got got = server.admin("PATCH", "/v1/applications/" + client.application(), members);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private String proven(SigningClient client, String form) {
        return SigningClient.form(client.assertion(server.base("orders"), clock.instant()), form);
    }

    private String[] proof() {
        return new String[] {"DPoP", key.proof("POST", server.base("orders") + "/oauth2/token", clock.instant())};
    }

    private String code(SigningClient client) {
        String back = URLEncoder.encode(CodeFlow.REDIRECT, StandardCharsets.UTF_8);
        String code = new CodeFlow(server, client.clientId(), "", alice)
                .allowed("/oauth2/authorize?response_type=code&scope=openid+things%3Aread+offline_access&client_id="
                        + client.clientId() + "&redirect_uri=" + back
                        + "&code_challenge_method=S256&code_challenge=" + CodeFlow.CHALLENGE)
                .getOrDefault("code", "");
        return "grant_type=authorization_code&code=" + code + "&redirect_uri=" + back + "&code_verifier="
                + CodeFlow.VERIFIER;
    }

    private static JsonNode good(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    private static String refreshing(JsonNode tokens) {
        return "grant_type=refresh_token&refresh_token="
                + tokens.get("refresh_token").asString();
    }

    private Got refresh(SigningClient client, JsonNode tokens, String... headers) {
        return server.token("orders", proven(client, refreshing(tokens)), headers);
    }

    private static String error(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        return got.json().get("error").asString();
    }

    /// FAPI 2.0 Security Profile section 5.3.2.1: from now on it is bound, is not rotated, and lives as long as its
    /// grant, however it was given out.
    @Test
    void aProfileHoldsFromTheNextUseOn() {
        SigningClient client = client("private_key_jwt");
        keyed(client);
        JsonNode plain = good(server.token("orders", proven(client, code(client))));
        assertThat(plain.get("token_type").asString()).isEqualTo("Bearer");
        JsonNode rotated = good(refresh(client, plain));
        assertThat(rotated.get("refresh_token")).isNotEqualTo(plain.get("refresh_token"));
        patch(client, "{\"profile\":\"fapi2\"}");
        assertThat(error(refresh(client, rotated))).isEqualTo(REFUSED);
        for (int days = 0; days < 80; days += 10) {
            JsonNode bound = good(refresh(client, rotated, proof()));
            assertThat(bound.get("token_type").asString()).isEqualTo("DPoP");
            assertThat(bound.get("refresh_token")).as("day " + days).isEqualTo(rotated.get("refresh_token"));
            clock.advance(Duration.ofDays(10));
        }
        clock.advance(Duration.ofDays(10));
        assertThat(error(refresh(client, rotated, proof()))).isEqualTo("invalid_grant");
    }

    /// RFC 9700 section 4.14.2: what was rotated before ends the grant when it comes back, profile or not.
    @Test
    void anOlderOneEndsTheGrantStill() {
        SigningClient client = client("private_key_jwt");
        keyed(client);
        JsonNode old = good(server.token("orders", proven(client, code(client))));
        JsonNode newest = good(refresh(client, good(refresh(client, old))));
        patch(client, "{\"profile\":\"fapi2\"}");
        good(refresh(client, newest, proof()));
        assertThat(error(refresh(client, old, proof()))).isEqualTo("invalid_grant");
        assertThat(error(refresh(client, newest, proof()))).isEqualTo("invalid_grant");
    }

    @Test
    void aProfileThatIsTakenBackLetsThemChangeAgain() {
        SigningClient client = client("private_key_jwt");
        keyed(client);
        JsonNode first = good(server.token("orders", proven(client, code(client))));
        patch(client, "{\"profile\":\"fapi2\"}");
        good(refresh(client, first, proof()));
        patch(client, "{\"profile\":null}");
        JsonNode next = good(refresh(client, first));
        assertThat(next.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
        clock.advance(Duration.ofDays(15));
        assertThat(error(refresh(client, next))).as("fourteen days unused").isEqualTo("invalid_grant");
    }

    /// RFC 9449 section 5: bound to the key that a public client had, also when it proves itself besides.
    @Test
    void aPublicClientsStaysBoundWhenItGetsAProfile() {
        SigningClient client = client("none");
        JsonNode first = good(server.token("orders", code(client) + "&client_id=" + client.clientId(), proof()));
        patch(client, "{\"token_endpoint_auth_method\":\"private_key_jwt\"}");
        keyed(client);
        JsonNode next = good(refresh(client, first, proof()));
        patch(client, "{\"profile\":\"fapi2\"}");
        String[] others = {
            "DPoP", ProofKey.draw().proof("POST", server.base("orders") + "/oauth2/token", clock.instant())
        };
        assertThat(error(refresh(client, next, others))).isEqualTo("invalid_grant");
        good(refresh(client, next, proof()));
        clock.advance(Duration.ofDays(20));
        good(refresh(client, next, proof()));
    }

    @Test
    void aShorterLifeHoldsAtTheNextUse() {
        SigningClient client = client("private_key_jwt");
        keyed(client);
        JsonNode tokens = good(server.token("orders", proven(client, code(client))));
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name"));
        long before = tokens.get("expires_in").asLong();
        ((ObjectNode) api.get("tokens")).put("life_seconds", before / 3);
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        JsonNode next = good(refresh(client, tokens));
        assertThat(next.get("expires_in").asLong()).isEqualTo(before / 3);
    }
}
