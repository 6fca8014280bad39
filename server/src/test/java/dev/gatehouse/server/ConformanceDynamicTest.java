package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The modules of the plan Dynamic (`oidcc-dynamic-certification-test-plan`) with the response type `code`.
class ConformanceDynamicTest {
    private static final KeyPair RSA = draw();

    @TempDir
    Path folder;

    private ConformanceSuite suite;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private static KeyPair draw() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As the suite writes its keys: without a name, but where it rotates them.
    private static String jwks(KeyPair pair, String keyId) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] modulus = key.getModulus().toByteArray();
        byte[] plain = modulus[0] == 0 ? Arrays.copyOfRange(modulus, 1, modulus.length) : modulus;
        return "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
                + SigningClient.text(plain) + "\""
                + (keyId.isEmpty() ? "" : ",\"kid\":\"" + keyId + "\"") + "}]}";
    }

    private static String signed(KeyPair pair, String keyId, Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "RS256"));
        if (!keyId.isEmpty()) {
            header.put("kid", keyId);
        }
        String input = text(header) + "." + text(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + SigningClient.text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Map<String, ?> members) {
        return SigningClient.text(RunningServer.JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8));
    }

    private Client registered(String... more) {
        Got got = suite.register(more);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return ConformanceSuite.of(got.json());
    }

    /// With keys of its own, by `private_key_jwt`, as this plan has most clients.
    private Client signing(String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "\"token_endpoint_auth_method\":\"private_key_jwt\"";
        all[1] = "\"jwks\":" + jwks(RSA, "");
        System.arraycopy(more, 0, all, 2, more.length);
        return registered(all);
    }

    private String proof(Client client, KeyPair pair, String keyId, String audience) {
        long now = suite.clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", client.id());
        claims.put("sub", client.id());
        claims.put("aud", audience);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("exp", now + 60);
        return "&" + SigningClient.form(signed(pair, keyId, claims));
    }

    private String proof(Client client) {
        return proof(client, RSA, "", suite.server.base("orders") + "/oauth2/token");
    }

    private JsonNode flow(Client client, String... more) {
        Got got = suite.redeem(
                client,
                suite.authorize(suite.browser(), ConformanceSuite.request(client, "openid", more)),
                proof(client));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    @Test
    @DisplayName("oidcc-server, oidcc-idtoken-rs256, oidcc-ensure-client-assertion-with-iss-aud-succeeds")
    void server() {
        Client client = signing("\"id_token_signed_response_alg\":\"RS256\"");
        JsonNode tokens = flow(client);
        assertThat(ConformanceSuite.part(tokens.get("id_token").asString(), 0)
                        .get("alg")
                        .asString())
                .isEqualTo("RS256");
        Map<String, String> answer =
                suite.authorize(suite.browser(), ConformanceSuite.request(client, "openid", "prompt", "login"));
        assertThat(suite.redeem(client, answer, proof(client, RSA, "", suite.server.base("orders")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("oidcc-idtoken-unsigned")
    void idTokenUnsigned() {
        assertThat(metadata().get("id_token_signing_alg_values_supported").toString())
                .doesNotContain("none");
        assertThat(suite.register("\"id_token_signed_response_alg\":\"none\"").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("oidcc-userinfo-rs256")
    void userInfoRs256() {
        Got got = suite.userInfo(flow(signing("\"userinfo_signed_response_alg\":\"RS256\"")));
        assertThat(got.header("Content-Type")).startsWith("application/jwt");
        assertThat(ConformanceSuite.part(got.text(), 0).get("alg").asString()).isEqualTo("RS256");
        assertThat(ConformanceSuite.part(got.text(), 1).has("sub")).isTrue();
    }

    @Test
    @DisplayName("oidcc-redirect-uri-query-OK, -mismatch, -added, oidcc-redirect-uri-regfrag")
    void redirectUris() {
        String query = ConformanceSuite.REDIRECT + "?foo=bar";
        Client client = signing("\"redirect_uris\":[\"" + query + "\"]");
        Map<String, String> answer =
                suite.authorize(suite.browser(), ConformanceSuite.request(client, "openid", "redirect_uri", query));
        assertThat(answer).containsEntry("foo", "bar").containsKey("code");
        for (String wrong : List.of(ConformanceSuite.REDIRECT + "?foo=baz", query + "&baz=foo")) {
            assertThat(suite.authorize(
                            suite.browser(), ConformanceSuite.request(client, "openid", "redirect_uri", wrong)))
                    .containsEntry("status", "400");
        }
        Client plain = signing();
        assertThat(suite.authorize(suite.browser(), ConformanceSuite.request(plain, "openid", "redirect_uri", query)))
                .containsEntry("status", "400");
        Got fragment = suite.register("\"redirect_uris\":[\"" + ConformanceSuite.REDIRECT + "#foobar\"]");
        assertThat(fragment.status()).isEqualTo(400);
        assertThat(fragment.json().get("error").asString()).isEqualTo("invalid_redirect_uri");
    }

    @Test
    @DisplayName("oidcc-registration-jwks-uri, oidcc-refresh-token-rp-key-rotation")
    void keysAreKeptByTheClient() {
        String place = suite.keeping("/jwks", jwks(RSA, "first"));
        Client client = registered(
                "\"token_endpoint_auth_method\":\"private_key_jwt\"",
                "\"jwks_uri\":\"" + place + "\"",
                "\"grant_types\":[\"authorization_code\",\"refresh_token\"]");
        String endpoint = suite.server.base("orders") + "/oauth2/token";
        Map<String, String> answer = suite.authorize(
                suite.browser(), ConformanceSuite.request(client, "openid offline_access", "prompt", "consent"));
        Got first = suite.redeem(client, answer, proof(client, RSA, "first", endpoint));
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        KeyPair next = draw();
        suite.keeping("/jwks", jwks(next, "second"));
        suite.clock.advance(Duration.ofSeconds(60));
        Got refreshed = suite.token(
                client,
                "grant_type=refresh_token&refresh_token="
                        + first.json().get("refresh_token").asString() + proof(client, next, "second", endpoint));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
    }

    @Test
    @DisplayName("oidcc-registration-sector-uri, oidcc-registration-sector-bad")
    void sectors() {
        assertThat(metadata().get("subject_types_supported").toString()).contains("pairwise");
        String good = suite.keeping("/redirect_uris.json", "[\"" + ConformanceSuite.REDIRECT + "\"]");
        Client client = signing("\"subject_type\":\"pairwise\"", "\"sector_identifier_uri\":\"" + good + "\"");
        JsonNode tokens = flow(client);
        JsonNode said = ConformanceSuite.said(tokens);
        assertThat(said.get("sub").asString()).isNotEqualTo(suite.alice.id());
        assertThat(suite.userInfo(tokens).json().get("sub")).isEqualTo(said.get("sub"));

        String bad = suite.keeping("/bad.json", "[\"https://suite.example.com/other\"]");
        for (String place : List.of(bad, "https://127.0.0.1/redirect_uris.json", good + "x")) {
            Got got = suite.register("\"subject_type\":\"pairwise\"", "\"sector_identifier_uri\":\"" + place + "\"");
            assertThat(got.status()).as(place).isEqualTo(400);
            assertThat(got.header("Content-Type")).startsWith("application/json");
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
        }
    }

    @Test
    @DisplayName("oidcc-request-uri-signed-rs256, oidcc-request-uri-unsigned")
    void requestUris() {
        String place = suite.keeping("/requesturi/a", "") + "#RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o";
        Client client = signing("\"request_uris\":[\"" + place + "\"]", "\"request_object_signing_alg\":\"RS256\"");
        Map<String, Object> claims = new LinkedHashMap<>(ConformanceSuite.request(client, "openid"));
        claims.put("iss", client.id());
        claims.put("aud", suite.server.base("orders"));
        suite.keeping("/requesturi/a", signed(RSA, "", claims));
        Map<String, String> request =
                ConformanceSuite.request(client, "openid", "request_uri", place, "state", "", "nonce", "");
        Got got = suite.redeem(client, suite.authorize(suite.browser(), request), proof(client));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(ConformanceSuite.said(got.json()).get("nonce").asString()).isEqualTo(ConformanceSuite.NONCE);
        // the suite passes over unsigned ones where the metadata do not name them
        assertThat(metadata().get("request_object_signing_alg_values_supported").toString())
                .doesNotContain("none")
                .contains("RS256");
        assertThat(metadata().get("request_uri_parameter_supported").asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("oidcc-server-rotate-keys")
    void serverRotateKeys() {
        flow(signing());
        Set<String> before = keyIds();
        assertThat(suite.server
                        .admin("POST", "/v1/apis/orders/keys/prepare", "")
                        .status())
                .isBetween(200, 204);
        assertThat(keyIds()).as("published").containsAll(before).hasSizeGreaterThan(before.size());
        suite.clock.advance(Duration.ofHours(1));
        Got rotated = suite.server.admin("POST", "/v1/apis/orders/keys/rotate", "");
        assertThat(rotated.status()).as(rotated.text()).isBetween(200, 204);
        assertThat(keyIds()).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(flow(signing()).has("id_token")).isTrue();
    }

    private Set<String> keyIds() {
        return suite.server
                .call("orders", "GET", "/oauth2/jwks")
                .json()
                .get("keys")
                .valueStream()
                .map(key -> key.get("kid").asString())
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("unregistering, as every module does at its end")
    void unregistered() {
        JsonNode client = suite.register().json();
        Got got = new Registrations(suite.server, "orders").manage("DELETE", client, "");
        assertThat(got.status()).isEqualTo(204);
    }

    private JsonNode metadata() {
        return suite.server
                .call("orders", "GET", "/.well-known/openid-configuration")
                .json();
    }
}
