package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The modules of the plan Basic (`oidcc-basic-certification-test-plan`): signing in and what requests may say
/// of it.
class ConformanceBasicTest {
    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
        client = suite.known("client_secret_basic");
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Map<String, String> request(String... more) {
        return ConformanceSuite.request(client, "openid", more);
    }

    private JsonNode said(Reader browser, String... more) {
        Got got = suite.redeem(client, suite.authorize(browser, request(more)));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return ConformanceSuite.said(got.json());
    }

    private void stays(Map<String, String> answer) {
        assertThat(answer).containsEntry("status", "400");
        assertThat(answer.get("page")).contains("id=\"error\"");
    }

    @Test
    @DisplayName("oidcc-server, oidcc-idtoken-signature, oidcc-userinfo-get")
    void server() {
        JsonNode tokens = suite.flow(client, "openid");
        JsonNode said = ConformanceSuite.said(tokens);
        assertThat(said.get("iss").asString()).isEqualTo(suite.server.base("orders"));
        assertThat(said.get("aud").asString()).isEqualTo(client.id());
        assertThat(said.get("nonce").asString()).isEqualTo(ConformanceSuite.NONCE);
        assertThat(said.get("at_hash").asString()).isNotEmpty();
        JsonNode header = ConformanceSuite.part(tokens.get("id_token").asString(), 0);
        assertThat(header.get("alg").asString()).isEqualTo("RS256");
        assertThat(suite.server.call("orders", "GET", "/oauth2/jwks").text())
                .contains(header.get("kid").asString());
        assertThat(suite.userInfo(tokens).json().get("sub")).isEqualTo(said.get("sub"));
        assertThat(tokens.get("token_type").asString()).isEqualToIgnoringCase("bearer");
    }

    @Test
    @DisplayName("oidcc-server-client-secret-post")
    void serverClientSecretPost() {
        assertThat(suite.flow(suite.known("client_secret_post"), "openid").has("id_token"))
                .isTrue();
    }

    @Test
    @DisplayName("oidcc-response-type-missing")
    void responseTypeMissing() {
        assertThat(suite.authorize(suite.browser(), request("response_type", "")))
                .containsEntry("error", "invalid_request")
                .containsEntry("state", ConformanceSuite.STATE);
    }

    @Test
    @DisplayName("oidcc-userinfo-post-header, oidcc-userinfo-post-body")
    void userInfoPost() {
        String token = suite.flow(client, "openid").get("access_token").asString();
        Got header = suite.server.form("orders", "/oauth2/userinfo", "", "Authorization", "Bearer " + token);
        Got body = suite.server.form("orders", "/oauth2/userinfo", "access_token=" + token);
        assertThat(List.of(header.status(), body.status())).containsOnly(200);
        assertThat(body.json()).isEqualTo(header.json());
    }

    @Test
    @DisplayName("oidcc-ensure-request-without-nonce-succeeds-for-code-flow")
    void withoutNonce() {
        assertThat(said(suite.browser(), "nonce", "").has("nonce")).isFalse();
    }

    @Test
    @DisplayName("oidcc-ensure-other-scope-order-succeeds")
    void otherScopeOrder() {
        JsonNode tokens = suite.flow(client, "email openid");
        assertThat(suite.userInfo(tokens).json().has("email")).isTrue();
    }

    @Test
    @DisplayName("oidcc-display-page, oidcc-display-popup, oidcc-ui-locales, oidcc-claims-locales, oidcc-login-hint")
    void whatPagesMayLookLike() {
        for (String[] one : new String[][] {
            {"display", "page"},
            {"display", "popup"},
            {"ui_locales", "se"},
            {"ui_locales", "de en"},
            {"claims_locales", "se"},
            {"login_hint", "alice@example.com"}
        }) {
            assertThat(said(suite.browser(), one).has("sub")).as(one[0]).isTrue();
        }
    }

    @Test
    @DisplayName("oidcc-prompt-login")
    void promptLogin() {
        Reader browser = suite.browser();
        long first = said(browser).get("auth_time").asLong();
        suite.clock.advance(Duration.ofSeconds(2));
        browser.open("/oauth2/authorize?" + ConformanceSuite.encoded(request("prompt", "login")));
        assertThat(suite.through(browser)).containsKey("code");
        suite.clock.advance(Duration.ofSeconds(2));
        assertThat(said(browser, "prompt", "login").get("auth_time").asLong()).isGreaterThan(first);
    }

    @Test
    @DisplayName("oidcc-prompt-none-not-logged-in")
    void promptNoneNotLoggedIn() {
        assertThat(suite.authorize(suite.browser(), request("prompt", "none")))
                .containsEntry("error", "login_required")
                .containsEntry("state", ConformanceSuite.STATE);
    }

    @Test
    @DisplayName("oidcc-prompt-none-logged-in")
    void promptNoneLoggedIn() {
        Reader browser = suite.browser();
        JsonNode first = said(browser);
        JsonNode second = said(browser, "prompt", "none");
        assertThat(second.get("sub")).isEqualTo(first.get("sub"));
        assertThat(second.get("auth_time")).isEqualTo(first.get("auth_time"));
    }

    @Test
    @DisplayName("oidcc-max-age-1")
    void maxAge1() {
        Reader browser = suite.browser();
        long first = said(browser).get("auth_time").asLong();
        suite.clock.advance(Duration.ofSeconds(2));
        browser.open("/oauth2/authorize?" + ConformanceSuite.encoded(request("max_age", "1")));
        assertThat(browser.page().header("Location") + browser.page().text()).contains("sign-in");
        assertThat(said(browser, "max_age", "1").get("auth_time").asLong()).isGreaterThan(first);
    }

    @Test
    @DisplayName("oidcc-max-age-10000")
    void maxAge10000() {
        Reader browser = suite.browser();
        JsonNode first = said(browser);
        suite.clock.advance(Duration.ofSeconds(2));
        assertThat(said(browser, "max_age", "10000", "prompt", "none").get("auth_time"))
                .isEqualTo(first.get("auth_time"));
    }

    @Test
    @DisplayName("oidcc-id-token-hint")
    void idTokenHint() {
        Reader browser = suite.browser();
        JsonNode tokens =
                suite.redeem(client, suite.authorize(browser, request())).json();
        JsonNode second = said(
                browser,
                "prompt",
                "none",
                "id_token_hint",
                tokens.get("id_token").asString());
        assertThat(second.get("sub")).isEqualTo(ConformanceSuite.said(tokens).get("sub"));
    }

    @Test
    @DisplayName("oidcc-ensure-request-with-unknown-parameter-succeeds")
    void unknownParameter() {
        assertThat(said(suite.browser(), "extra", "foobar").has("sub")).isTrue();
    }

    @Test
    @DisplayName("oidcc-ensure-request-with-acr-values-succeeds")
    void acrValues() {
        String metadata = suite.server
                .call("orders", "GET", "/.well-known/openid-configuration")
                .text();
        assertThat(metadata).contains("acr_values_supported");
        String asked = "1 2";
        assertThat(asked.split(" "))
                .contains(said(suite.browser(), "acr_values", asked).get("acr").asString());
        assertThat(said(suite.browser(), "acr_values", "1 2").has("acr")).isTrue();
    }

    @Test
    @DisplayName("oidcc-codereuse, oidcc-codereuse-30seconds")
    void codeReuse() {
        Map<String, String> answer = suite.authorize(suite.browser(), request());
        Got first = suite.redeem(client, answer);
        assertThat(suite.userInfo(first.json()).status()).isEqualTo(200);
        suite.clock.advance(Duration.ofSeconds(30));
        Got second = suite.redeem(client, answer);
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.json().get("error").asString()).isEqualTo("invalid_grant");
        assertThat(suite.userInfo(first.json()).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("oidcc-ensure-registered-redirect-uri, oidcc-ensure-redirect-uri-in-authorization-request")
    void registeredRedirectUri() {
        stays(suite.authorize(suite.browser(), request("redirect_uri", ConformanceSuite.REDIRECT + "/foo")));
        assertThat(suite.authorize(suite.browser(), request("redirect_uri", "")))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).containsEntry("error", "invalid_request"),
                        answer -> assertThat(answer).containsEntry("status", "400"));
    }

    @Test
    @DisplayName("oidcc-ensure-post-request-succeeds")
    void postRequest() {
        Reader browser = suite.browser();
        browser.post("/oauth2/authorize", ConformanceSuite.encoded(request()));
        Got got = suite.redeem(client, suite.through(browser));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @Test
    @DisplayName("oidcc-ensure-request-with-valid-pkce-succeeds")
    void validPkce() {
        Map<String, String> answer = suite.authorize(
                suite.browser(), request("code_challenge", CodeFlow.CHALLENGE, "code_challenge_method", "S256"));
        assertThat(suite.redeem(client, answer, "&code_verifier=" + CodeFlow.VERIFIER)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("oidcc-refresh-token")
    void refreshToken() {
        Client second = suite.known("client_secret_basic", ",\"default_max_age\":10000");
        JsonNode tokens = suite.flow(client, "openid offline_access", "prompt", "consent");
        String refresh = "grant_type=refresh_token&refresh_token="
                + tokens.get("refresh_token").asString();
        assertThat(suite.token(second, refresh).status())
                .as("of another client")
                .isEqualTo(400);
        Got next = suite.token(client, refresh);
        assertThat(next.status()).as(next.text()).isEqualTo(200);
        JsonNode said = ConformanceSuite.said(next.json());
        for (String same : List.of("iss", "sub", "aud", "auth_time")) {
            assertThat(said.get(same)).isEqualTo(ConformanceSuite.said(tokens).get(same));
        }
        assertThat(suite.userInfo(next.json()).status()).isEqualTo(200);
    }
}
