package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.FapiClient.Variant;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The modules of the FAPI 2.0 plans about authorization requests that are not as they should be, and about where
/// they are pushed to.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceFapiRequestsTest {
    private FapiSuite suite;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        suite = new FapiSuite(folder);
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static void refused(Got got, String... errors) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isIn((Object[]) errors);
    }

    private static void page(Map<String, String> answer) {
        assertThat(answer).containsEntry("status", "400");
        assertThat(answer.get("page")).contains("id=\"error\"");
    }

    private Got push(FapiClient client, String... more) {
        return client.push(client.pushing(client.request(FapiClient.OPENID, more)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails")
    void withoutPushing(boolean signs) {
        FapiClient client = suite.client(Variant.KEY_DPOP, signs);
        Reader browser = suite.browser();
        browser.open("/oauth2/authorize?" + ConformanceSuite.encoded(client.request(FapiClient.OPENID)));
        assertThat(client.read(suite.through(browser, "allow")))
                .containsEntry("error", "invalid_request")
                .containsEntry("state", FapiClient.STATE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("ensure-redirect-uri-in-authorization-request, ensure-request-object-without-redirect-uri-fails,"
            + " ensure-registered-redirect-uri, plain-fapi-tolerate-unregistered-redirect-uri")
    void redirectUris(boolean signs) {
        FapiClient client = suite.client(Variant.KEY_DPOP, signs);
        refused(push(client, "redirect_uri", ""), "invalid_request", "invalid_request_object");
        refused(
                push(client, "redirect_uri", FapiClient.REDIRECT + "/ohwhat"),
                "invalid_request",
                "invalid_request_object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code id_token", "token"})
    @DisplayName("ensure-response-type-code-idtoken-fails, ensure-response-type-token-fails")
    void responseTypes(String type) {
        refused(
                push(suite.client(Variant.KEY_DPOP, false), "response_type", type),
                "unsupported_response_type",
                "invalid_request");
        refused(
                push(suite.client(Variant.KEY_DPOP, true), "response_type", type),
                "unsupported_response_type",
                "invalid_request");
    }

    /// What is too long is told to the client where it pushes, and never cut.
    @Test
    @DisplayName("ensure-authorization-request-with-long-nonce, ensure-authorization-request-with-long-state")
    void longTexts() {
        FapiClient client = suite.client(Variant.KEY_DPOP, false);
        refused(push(client, "state", "s".repeat(1000)), "invalid_request");
        String nonce = "n".repeat(384);
        assertThat(ConformanceSuite.said(client.tokens(client.code(FapiClient.OPENID, "nonce", nonce)))
                        .get("nonce")
                        .asString())
                .isEqualTo(nonce);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("par-ensure-pkce-required, par-plain-pkce-rejected")
    void pkce(boolean signs) {
        FapiClient client = suite.client(Variant.KEY_DPOP, signs);
        refused(push(client, "code_challenge", "", "code_challenge_method", ""), "invalid_request");
        refused(push(client, "code_challenge", CodeFlow.VERIFIER, "code_challenge_method", "plain"), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("par-authorization-request-containing-request_uri-form-param, par-attempt-invalid-http-method")
    void whatIsNoPush(boolean signs) {
        FapiClient client = suite.client(Variant.KEY_DPOP, signs);
        Map<String, String> form = client.pushing(client.request(FapiClient.OPENID));
        form.put("request_uri", "urn:ietf:params:oauth:request_uri:random");
        refused(client.push(form), "invalid_request", "invalid_request_object", "request_uri_not_supported");
        Got put = suite.send(
                "PUT",
                client.at("/oauth2/par"),
                ConformanceSuite.encoded(client.pushing(client.request(FapiClient.OPENID))),
                Optional.empty());
        assertThat(put.status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("par-ensure-reused-request-uri-prior-to-auth-completion-succeeds, par-attempt-reuse-request_uri")
    void reuse(boolean signs) {
        FapiClient client = suite.client(Variant.KEY_DPOP, signs);
        String uri = client.pushed(client.request(FapiClient.OPENID));
        Reader browser = suite.browser();
        assertThat(browser.open(client.way(uri)).status()).isLessThan(400);
        Map<String, String> answer = client.answer(browser, "allow", uri);
        client.tokens(answer.get("code"));
        page(client.answer(browser, "allow", uri));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("par-attempt-to-use-expired-request_uri, par-attempt-to-use-request_uri-for-different-client")
    void anothersOrOver(boolean signs) {
        FapiClient client = suite.client(Variant.KEY_DPOP, signs);
        FapiClient second = suite.second(Variant.KEY_DPOP, signs);
        page(second.answer(client.pushed(client.request(FapiClient.OPENID))));
        Got pushed = push(client);
        String uri = FapiClient.named(pushed);
        assertThat(pushed.json().get("expires_in").asInt()).isLessThan(600);
        suite.clock.advance(Duration.ofSeconds(pushed.json().get("expires_in").asInt()));
        page(client.answer(uri));
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_DPOP", "KEY_MTLS"})
    @DisplayName("ensure-invalid-client-assertions-fail, par-test-array-as-audience-fails, "
            + "par-test-par-endpoint-url-as-audience-fails, par-test-token-endpoint-url-as-audience-fails, "
            + "par-ensure-jwt-client-assertions-nbf-8-"
            + "seconds-in-the-future-is-accepted, -nbf-over-60-seconds-in-the-future-fails")
    void assertions(Variant variant) {
        FapiClient client = suite.client(variant, false);
        long now = suite.clock.instant().getEpochSecond();
        for (Map<String, Object> wrong : List.of(
                without(client, "sub"),
                with(client, "sub", "another"),
                without(client, "iss"),
                with(client, "iss", "another"),
                without(client, "aud"),
                with(client, "aud", "https://other.example.com"),
                with(client, "aud", client.at("/oauth2/par")),
                with(client, "aud", client.at("/oauth2/token")),
                with(client, "aud", suite.issuer() + "/oauth2/token"),
                with(client, "aud", List.of(suite.issuer(), "https://other.example.com")),
                with(client, "aud", List.of(suite.issuer())),
                with(client, "exp", now - 300),
                ahead(client, 61))) {
            proven(client, FapiClient.asserting(client.signed(wrong)), 401);
        }
        String none = SigningClient.text("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + client.signed(client.claims()).split("\\.", -1)[1] + ".";
        proven(client, FapiClient.asserting(none), 401);
        String good = client.signed(client.claims());
        proven(client, FapiClient.asserting(good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86)), 401);
        proven(client, FapiClient.asserting(RsaSigner.ONE.sign("RS256", "rsa", client.claims())), 401);
        proven(client, Map.of("client_assertion", good), 401);
        proven(client, Map.of("client_assertion", good, "client_assertion_type", "urn:wrong"), 401);
        proven(client, Map.of(), 401);
        proven(client, FapiClient.asserting(client.signed(ahead(client, 8))), 201);
        proven(client, FapiClient.asserting(good), 201);
    }

    private static Map<String, Object> without(FapiClient client, String name) {
        Map<String, Object> claims = client.claims();
        claims.remove(name);
        return claims;
    }

    private static Map<String, Object> with(FapiClient client, String name, Object value) {
        Map<String, Object> claims = client.claims();
        claims.put(name, value);
        return claims;
    }

    private Map<String, Object> ahead(FapiClient client, long seconds) {
        long then = suite.clock.instant().getEpochSecond() + seconds;
        Map<String, Object> claims = client.claims();
        claims.putAll(Map.of("iat", then, "nbf", then, "exp", then + 60));
        return claims;
    }

    private static void proven(FapiClient client, Map<String, String> by, int status) {
        Map<String, String> form = client.request(FapiClient.OPENID);
        form.putAll(by);
        Got got = client.push(form);
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        if (status != 201) {
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
        }
    }
}
