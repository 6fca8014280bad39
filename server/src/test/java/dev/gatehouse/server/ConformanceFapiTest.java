package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.FapiClient.Variant;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The modules of the plans FAPI 2.0 Security Profile and Message Signing
/// (`fapi2-security-profile-final-test-plan`, `fapi2-message-signing-final-test-plan`) in which clients get
/// what they want, with each way to prove a client and to bind a token, as OpenID Connect and as OAuth alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceFapiTest {
    private FapiSuite suite;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        suite = new FapiSuite(folder);
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    static Stream<Arguments> plans() {
        return Stream.of(Variant.values())
                .flatMap(variant -> Stream.of(
                        Arguments.of(variant, false, FapiClient.OPENID),
                        Arguments.of(variant, false, "things:read"),
                        Arguments.of(variant, true, FapiClient.OPENID),
                        Arguments.of(variant, true, "things:read")));
    }

    private void identified(FapiClient client, JsonNode tokens, String nonce) {
        JsonNode said = ConformanceSuite.said(tokens);
        assertThat(said.get("iss").asString()).isEqualTo(suite.issuer());
        assertThat(said.get("aud").asString()).isEqualTo(client.id());
        assertThat(said.get("nonce").asString()).isEqualTo(nonce);
        JsonNode header = ConformanceSuite.part(tokens.get("id_token").asString(), 0);
        assertThat(header.get("alg").asString()).isEqualTo("ES256");
        assertThat(suite.server.call("orders", "GET", "/oauth2/jwks").text())
                .contains(header.get("kid").asString());
    }

    @ParameterizedTest
    @MethodSource("plans")
    @DisplayName("fapi2-security-profile-final-happy-flow")
    void happyFlow(Variant variant, boolean signs, String scope) {
        FapiClient client = suite.client(variant, signs);
        Map<String, String> answer = client.answer(client.pushed(client.request(scope)));
        assertThat(answer).containsEntry("state", FapiClient.STATE).containsEntry("iss", suite.issuer());
        JsonNode tokens = client.tokens(answer.get("code"));
        assertThat(tokens.has("id_token")).isEqualTo(scope.contains("openid"));
        assertThat(tokens.get("expires_in").asInt()).isPositive();
        if (scope.contains("openid")) {
            identified(client, tokens, FapiClient.NONCE);
            assertThat(client.call("/oauth2/userinfo", tokens).status()).isEqualTo(200);
        }
        resource(client, tokens);

        FapiClient second = suite.second(variant, signs);
        String state = "s".repeat(128);
        String nonce = "n".repeat(43);
        Map<String, String> request = second.request(
                scope,
                "state",
                state,
                "nonce",
                scope.contains("openid") ? nonce : "",
                "dpop_jkt",
                variant.bound() ? "" : second.holder().thumbprint());
        Map<String, String> another = second.answer(second.pushed(request));
        assertThat(another).containsEntry("state", state).containsEntry("dummy1", "lorem");
        JsonNode others = second.tokens(another.get("code"));
        if (scope.contains("openid")) {
            identified(second, others, nonce);
        }
        assertThat(second.call("/things", others).status()).isEqualTo(200);
        assertThat(client.call("/things", others).status())
                .as("the first client's key or certificate with the second's token")
                .isEqualTo(401);
    }

    /// Headers of FAPI are passed on, any `Accept` is one, and no token is taken from an address.
    private static void resource(FapiClient client, JsonNode tokens) {
        Got got = client.call(
                "/things",
                tokens,
                "x-fapi-auth-date",
                "Tue, 11 Sep 2012 19:43:31 GMT",
                "x-fapi-customer-ip-address",
                "198.51.100.119",
                "x-fapi-interaction-id",
                "93bac548-d2de-4546-b106-880a5018460d");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Date")).isNotEmpty();
        assertThat(got.text()).contains("93bac548-d2de-4546-b106-880a5018460d");
        for (String accept :
                new String[] {"application/json;charset=UTF-8", "application/json, application/*+json, */*"}) {
            assertThat(client.call("/things", tokens, "Accept", accept).status())
                    .isEqualTo(200);
        }
        Got query = client.suite()
                .send(
                        "GET",
                        client.at("/things") + "?access_token="
                                + tokens.get("access_token").asString(),
                        "",
                        java.util.Optional.of(client.certificate()));
        assertThat(query.status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-user-rejects-authentication")
    void userRejectsAuthentication(Variant variant) {
        for (FapiClient client : new FapiClient[] {suite.client(variant, false), suite.second(variant, true)}) {
            String state = "s".repeat(128);
            Map<String, String> answer = client.answer(
                    suite.browser(), "deny", client.pushed(client.request(FapiClient.OPENID, "state", state)));
            assertThat(answer).containsEntry("error", "access_denied").containsEntry("state", state);
            assertThat(answer.keySet())
                    .isSubsetOf("error", "error_description", "state", "iss", "aud", "exp", "dummy1", "dummy2");
            assertThat(answer.containsKey("dummy1")).isEqualTo(client.redirect().contains("dummy1"));
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("ensure-authorization-request-without-state-success, -without-nonce-success, "
            + "-with-64-char-nonce-success, ensure-other-scope-order-succeeds, par-without-duplicate-parameters")
    void whatARequestMaySayOrNot(Variant variant) {
        FapiClient client = suite.client(variant, true);
        Map<String, String> stateless = client.answer(client.pushed(client.request(FapiClient.OPENID, "state", "")));
        assertThat(stateless).containsKey("code").doesNotContainKey("state");
        JsonNode tokens = client.tokens(client.code(FapiClient.OPENID, "nonce", ""));
        assertThat(ConformanceSuite.said(tokens).has("nonce")).isFalse();
        String nonce = "n".repeat(64);
        identified(client, client.tokens(client.code(FapiClient.OPENID, "nonce", nonce)), nonce);
        client.tokens(client.code("things:read offline_access openid"));
        Map<String, String> bare = client.answer(
                client.pushed(client.request(FapiClient.OPENID)), "response_type", "", "scope", "", "redirect_uri", "");
        assertThat(bare).containsKey("code");
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("ensure-different-nonce-inside-and-outside-request-object, ensure-different-state-inside-and-outside-"
            + "request-object, state-only-outside-request-object-not-used")
    void whatStandsOutsideCountsForNothing(Variant variant) {
        FapiClient client = suite.client(variant, true);
        Map<String, String> answer =
                client.answer(client.pushed(client.request(FapiClient.OPENID)), "state", "other", "nonce", "other");
        assertThat(answer).containsEntry("state", FapiClient.STATE);
        identified(client, client.tokens(answer.get("code")), FapiClient.NONCE);
        Map<String, String> stateless =
                client.answer(client.pushed(client.request(FapiClient.OPENID, "state", "")), "state", "outside");
        assertThat(stateless).containsKey("code").doesNotContainKey("state");
        assertThat(ConformanceSuite.said(client.tokens(stateless.get("code"))).has("s_hash"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-test-claims-parameter-identity-claims")
    void claimsParameter(Variant variant) {
        FapiClient client = suite.client(variant, true);
        JsonNode tokens = client.tokens(client.code("openid", "claims", """
            {"id_token": {"given_name": null, "email": {"essential": true}, "unheard_of": null},
             "userinfo": {"given_name": {"value": "Alice"}, "email_verified": null}}\
            """));
        assertThat(ConformanceSuite.said(tokens).get("given_name").asString()).isEqualTo("Alice");
        Got got = client.call("/oauth2/userinfo", tokens);
        assertThat(got.header("Content-Type")).startsWith("application/json");
        assertThat(got.json().get("email_verified").asBoolean()).isTrue();
        assertThat(got.json().get("sub"))
                .isEqualTo(ConformanceSuite.said(tokens).get("sub"));
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-access-token-type-header-case-sensitivity")
    void accessTokenTypeHeaderCaseSensitivity(Variant variant) {
        FapiClient client = suite.client(variant, false);
        JsonNode tokens = client.tokens(client.code(FapiClient.OPENID));
        String token = tokens.get("access_token").asString();
        for (String path : new String[] {"/things", "/oauth2/userinfo"}) {
            Got got = variant.bound()
                    ? client.called(path, "bEARER " + token)
                    : client.called(
                            path,
                            "dpOp " + token,
                            "DPoP",
                            client.holder().proof("GET", client.at(path), suite.clock.instant(), token));
            assertThat(got.status()).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    @DisplayName("fapi2-security-profile-final-refresh-token")
    void refreshToken(Variant variant, boolean signs, String scope) {
        FapiClient client = suite.client(variant, signs);
        JsonNode tokens = client.tokens(client.code(scope, "prompt", "consent"));
        suite.clock.advance(Duration.ofSeconds(1));
        Map<String, String> scoped = client.refreshing(tokens);
        scoped.put("scope", scope);
        Got got = client.token(scoped);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        JsonNode next = got.json();
        assertThat(next.get("refresh_token")).as("not rotated").isEqualTo(tokens.get("refresh_token"));
        assertThat(next.get("access_token")).isNotEqualTo(tokens.get("access_token"));
        assertThat(client.call("/things", next).status()).isEqualTo(200);

        Map<String, String> nobody = client.refreshing(next);
        nobody.keySet().removeAll(client.authentication().keySet());
        refused(variant.bound() ? client.unproven(nobody, true) : client.token(nobody), "invalid_client");
        refused(client.unproven(client.refreshing(next), false), variant.certified() ? "invalid_client" : null);
        if (variant == Variant.MTLS_DPOP) {
            refused(client.unproven(client.refreshing(next), true), null);
        }
        FapiClient other = suite.second(variant, signs);
        JsonNode others = other.tokens(other.code(scope));
        Got stolen = client.token(client.refreshing(others));
        assertThat(stolen.status()).isEqualTo(400);
        refused(stolen, "invalid_grant");
        if (!variant.bound()) {
            FapiClient again = client.proving(ProofKey.draw());
            JsonNode rebound = again.token(again.refreshing(next)).json();
            assertThat(again.call("/things", rebound).status())
                    .as("another key for the next token")
                    .isEqualTo(200);
        }
    }

    /// RFC 6749 section 5.2.
    ///
    /// @param error or nothing where each of those that the suite takes will do
    private static void refused(Got got, String error) {
        assertThat(got.header("Content-Type")).startsWith("application/json");
        String told = got.json().get("error").asString();
        assertThat(got.status()).as(got.text()).isEqualTo(told.equals("invalid_client") ? 401 : 400);
        if (error == null) {
            assertThat(told).isIn("invalid_request", "invalid_grant", "invalid_dpop_proof");
        } else {
            assertThat(told).isEqualTo(error);
        }
    }
}
