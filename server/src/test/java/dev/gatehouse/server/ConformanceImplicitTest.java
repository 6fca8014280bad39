package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The modules of the plans Dynamic and Implicit (`oidcc-dynamic-certification-test-plan`,
/// `oidcc-implicit-certification-test-plan`) with the response types `id_token` and `id_token token`.
class ConformanceImplicitTest {
    private static final String BOTH = "id_token token";
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    @TempDir
    Path folder;

    private ConformanceSuite suite;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder).implicit();
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Client client(String type, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "\"grant_types\":[\"implicit\"]";
        all[1] = "\"response_types\":[\"" + type + "\"]";
        System.arraycopy(more, 0, all, 2, more.length);
        Got got = suite.register(all);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.json().get("response_types").toString()).isEqualTo("[\"" + type + "\"]");
        assertThat(got.json().get("grant_types").toString()).isEqualTo("[\"implicit\"]");
        return ConformanceSuite.of(got.json());
    }

    private Map<String, String> asked(Reader browser, Client client, String type, String scope, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "response_type";
        all[1] = type;
        System.arraycopy(more, 0, all, 2, more.length);
        return suite.authorize(browser, ConformanceSuite.request(client, scope, all));
    }

    private Map<String, String> asked(Client client, String type, String scope, String... more) {
        return asked(suite.browser(), client, type, scope, more);
    }

    private static JsonNode said(Map<String, String> answer) {
        assertThat(answer).containsKey("id_token");
        return ConformanceSuite.part(answer.get("id_token"), 1);
    }

    private static String leftHalf(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return SigningClient.text(Arrays.copyOf(hash, hash.length / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode metadata() {
        return suite.server
                .call("orders", "GET", "/.well-known/openid-configuration")
                .json();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    @DisplayName("oidcc-discovery-endpoint-verification, with dynamic clients")
    void discovery() {
        assertThat(texts(metadata().get("response_types_supported")))
                .containsExactly("code", "id_token", "id_token token");
        assertThat(texts(metadata().get("grant_types_supported"))).contains("authorization_code", "implicit");
        assertThat(texts(metadata().get("response_modes_supported"))).contains("fragment", "form_post", "query");
        assertThat(metadata().get("claims_parameter_supported").asBoolean()).isTrue();
        assertThat(texts(metadata().get("id_token_signing_alg_values_supported")))
                .contains("RS256");
    }

    @Test
    @DisplayName("oidcc-server, oidcc-idtoken-rs256, oidcc-idtoken-signature: id_token")
    void idToken() {
        Map<String, String> answer = asked(client("id_token"), "id_token", "openid");
        assertThat(answer)
                .containsOnlyKeys("id_token", "state", "iss")
                .containsEntry("state", ConformanceSuite.STATE)
                .containsEntry("iss", suite.server.base("orders"));
        assertThat(suite.sentTo).doesNotContain("?");
        JsonNode said = said(answer);
        assertThat(said.get("nonce").asString()).isEqualTo(ConformanceSuite.NONCE);
        assertThat(said.get("iss").asString()).isEqualTo(suite.server.base("orders"));
        assertThat(said.has("at_hash")).isFalse();
        assertThat(said.has("c_hash")).isFalse();
        assertThat(said.has("name")).isFalse();
        JsonNode head = ConformanceSuite.part(answer.get("id_token"), 0);
        assertThat(head.get("alg").asString()).isEqualTo("RS256");
        assertThat(head.has("kid")).isTrue();
    }

    @Test
    @DisplayName("oidcc-server: id_token token, in either order")
    void both() {
        Client client = client(BOTH);
        for (String type : List.of(BOTH, "token id_token")) {
            Map<String, String> answer = asked(client, type, "openid profile");
            assertThat(answer)
                    .containsOnlyKeys("access_token", "token_type", "expires_in", "scope", "id_token", "state", "iss")
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("scope", "openid profile");
            assertThat(Long.parseLong(answer.get("expires_in"))).isPositive();
            assertThat(suite.sentTo).doesNotContain("?");
            JsonNode said = said(answer);
            assertThat(said.get("at_hash").asString()).isEqualTo(leftHalf(answer.get("access_token")));
            assertThat(said.has("name")).isFalse();
            Got told = userInfo(answer);
            assertThat(told.json().get("sub")).isEqualTo(said.get("sub"));
            assertThat(told.json().get("name").asString()).isEqualTo("Alice Example");
        }
    }

    private Got userInfo(Map<String, String> answer) {
        return suite.server.call(
                "orders", "GET", "/oauth2/userinfo", "Authorization", "Bearer " + answer.get("access_token"));
    }

    /// OpenID Connect Core section 5.4: there is no UserInfo without an access token.
    @Test
    @DisplayName("oidcc-scope-profile, -email, -address, -phone, -all, oidcc-claims-essential: id_token")
    void scopes() {
        Client client = client("id_token");
        JsonNode all = said(asked(client, "id_token", "openid profile email address phone"));
        for (String claim : List.of(
                "name", "given_name", "birthdate", "locale", "email", "email_verified", "address", "phone_number")) {
            assertThat(all.has(claim)).as(claim).isTrue();
        }
        assertThat(all.get("address").get("country").asString()).isEqualTo("US");
        JsonNode email = said(asked(client, "id_token", "openid email"));
        assertThat(email.get("email").asString()).isEqualTo("alice@example.com");
        assertThat(email.has("name")).isFalse();
        JsonNode essential =
                said(asked(client, "id_token", "openid", "claims", "{\"id_token\":{\"name\":{\"essential\":true}}}"));
        assertThat(essential.get("name").asString()).isEqualTo("Alice Example");
        assertThat(essential.has("nickname")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", BOTH})
    @DisplayName("oidcc-ensure-request-without-nonce-fails, oidcc-prompt-none-not-logged-in, -response-type-missing")
    void errors(String type) {
        Client client = client(type);
        assertThat(asked(client, type, "openid", "nonce", ""))
                .containsEntry("error", "invalid_request")
                .containsEntry("state", ConformanceSuite.STATE)
                .doesNotContainKey("id_token");
        assertThat(suite.sentTo).doesNotContain("?");
        assertThat(asked(client, type, "openid", "prompt", "none")).containsEntry("error", "login_required");
        assertThat(suite.sentTo).doesNotContain("?");
        assertThat(asked(client, "", "openid")).containsEntry("error", "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", BOTH})
    @DisplayName("oidcc-prompt-login, oidcc-prompt-none-logged-in, oidcc-max-age-1, -10000, oidcc-id-token-hint")
    void logins(String type) {
        Client client = client(type);
        Reader browser = suite.browser();
        Map<String, String> answer = asked(browser, client, type, "openid");
        JsonNode first = said(answer);
        suite.clock.advance(Duration.ofSeconds(2));
        JsonNode silent =
                said(asked(browser, client, type, "openid", "prompt", "none", "id_token_hint", answer.get("id_token")));
        assertThat(silent.get("sub")).isEqualTo(first.get("sub"));
        assertThat(silent.get("auth_time")).isEqualTo(first.get("auth_time"));
        assertThat(said(asked(browser, client, type, "openid", "max_age", "10000"))
                        .get("auth_time"))
                .isEqualTo(first.get("auth_time"));
        assertThat(said(asked(browser, client, type, "openid", "max_age", "1"))
                        .get("auth_time")
                        .asLong())
                .isGreaterThan(first.get("auth_time").asLong());
        suite.clock.advance(Duration.ofSeconds(2));
        assertThat(said(asked(browser, client, type, "openid", "prompt", "login"))
                        .get("auth_time")
                        .asLong())
                .isGreaterThan(first.get("auth_time").asLong());
    }

    @Test
    @DisplayName("oidcc-redirect-uri-query-OK, -mismatch, -added, oidcc-redirect-uri-regfrag")
    void redirectUris() {
        String query = ConformanceSuite.REDIRECT + "?foo=bar";
        Client client = client("id_token", "\"redirect_uris\":[\"" + query + "\"]");
        assertThat(asked(client, "id_token", "openid", "redirect_uri", query)).containsKey("id_token");
        assertThat(suite.sentTo).startsWith(query + "#");
        assertThat(asked(client, "id_token", "openid", "redirect_uri", query + "&baz=foo"))
                .containsEntry("status", "400");
        Client plain = client("id_token");
        assertThat(asked(plain, "id_token", "openid", "redirect_uri", "")).containsEntry("error", "invalid_request");
        assertThat(asked(plain, "id_token", "openid", "redirect_uri", query)).containsEntry("status", "400");
        assertThat(suite.register("\"redirect_uris\":[\"" + ConformanceSuite.REDIRECT + "#foobar\"]")
                        .json()
                        .get("error")
                        .asString())
                .isEqualTo("invalid_redirect_uri");
    }

    @Test
    @DisplayName("oidcc-userinfo-rs256: id_token token")
    void userInfoRs256() {
        Client client = client(BOTH, "\"userinfo_signed_response_alg\":\"RS256\"");
        Got got = userInfo(asked(client, BOTH, "openid"));
        assertThat(got.header("Content-Type")).startsWith("application/jwt");
        assertThat(ConformanceSuite.part(got.text(), 0).get("alg").asString()).isEqualTo("RS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", BOTH})
    @DisplayName("oidcc-formpost-implicit: oidcc-server")
    void formPost(String type) {
        Map<String, String> shown = asked(client(type), type, "openid", "response_mode", "form_post");
        assertThat(shown).containsKey("page");
        String page = shown.get("page");
        assertThat(page).contains("method=\"post\"", "action=\"" + ConformanceSuite.REDIRECT + "\"");
        Matcher hidden = HIDDEN.matcher(page);
        Map<String, String> members = new LinkedHashMap<>();
        while (hidden.find()) {
            members.put(hidden.group(1), hidden.group(2));
        }
        assertThat(members).containsKeys("id_token", "state", "iss").doesNotContainKey("code");
        assertThat(members.containsKey("access_token")).isEqualTo(type.equals(BOTH));
    }
}
