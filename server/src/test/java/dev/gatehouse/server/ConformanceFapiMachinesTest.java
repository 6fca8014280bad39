package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.FapiClient.Variant;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
import tools.jackson.databind.JsonNode;

/// The plan of FAPI 2.0 clients that act for themselves
/// (`fapi2-security-profile-final-client-credentials-grant-test-plan`), and the metadata for all plans, at an Api
/// that has the profile itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceFapiMachinesTest {
    private static final List<String> STRONG = List.of("PS256", "ES256", "EdDSA", "Ed25519");

    private FapiSuite suite;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        suite = new FapiSuite(folder, "\"profile\":\"fapi2-message-signing\"");
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    @DisplayName("fapi2-security-profile-final-discovery-end-point-verification")
    void discovery(String path) {
        JsonNode metadata = suite.metadata(path);
        assertThat(metadata.get("issuer").asString()).isEqualTo(suite.issuer());
        assertThat(texts(metadata.get("response_types_supported"))).containsExactly("code");
        assertThat(texts(metadata.get("response_modes_supported"))).contains("jwt");
        assertThat(texts(metadata.get("grant_types_supported"))).contains("authorization_code", "client_credentials");
        assertThat(texts(metadata.get("code_challenge_methods_supported"))).containsExactly("S256");
        assertThat(texts(metadata.get("token_endpoint_auth_methods_supported")))
                .contains("private_key_jwt", "tls_client_auth");
        assertThat(texts(metadata.get("scopes_supported"))).contains("openid", "things:read");
        assertThat(texts(metadata.get("subject_types_supported"))).contains("public");
        for (String flag : List.of(
                "require_pushed_authorization_requests",
                "authorization_response_iss_parameter_supported",
                "tls_client_certificate_bound_access_tokens")) {
            assertThat(metadata.get(flag).asBoolean()).as(flag).isTrue();
        }
        for (String signed :
                List.of("dpop", "id_token", "userinfo", "token_endpoint_auth", "request_object", "authorization")) {
            assertThat(texts(metadata.get(signed + "_signing_alg_values_supported")))
                    .as(signed)
                    .isNotEmpty()
                    .isSubsetOf(STRONG);
        }
        JsonNode aliases = metadata.get("mtls_endpoint_aliases");
        for (String name : List.of(
                "token_endpoint",
                "pushed_authorization_request_endpoint",
                "userinfo_endpoint",
                "introspection_endpoint",
                "revocation_endpoint")) {
            assertThat(metadata.get(name).asString()).startsWith(suite.issuer() + "/");
            assertThat(aliases.get(name).asString()).startsWith(suite.secure() + "/");
        }
        assertThat(metadata.get("jwks_uri").asString()).startsWith(suite.issuer());
    }

    /// FAPI 2.0 Security Profile section 5.2.3.
    @Test
    void aBrowserThatWasHereComesByHttps() {
        Got page = suite.send("GET", suite.secure() + "/oauth2/sign-in", "", Optional.empty());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(suite.browser().open("/oauth2/sign-in").header("Strict-Transport-Security"))
                .as("not said by http, which anybody between could have said")
                .isEmpty();
    }

    private static Map<String, String> granting(FapiClient client) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("scope", "things:read");
        form.putAll(client.authentication());
        return form;
    }

    private static JsonNode granted(FapiClient client) {
        Got got = client.token(granting(client));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("happy-flow, access-token-type-header-case-sensitivity (client credentials)")
    void happyFlow(Variant variant) {
        FapiClient client = suite.client(variant, true);
        JsonNode tokens = granted(client);
        assertThat(tokens.has("refresh_token")).isFalse();
        assertThat(tokens.get("expires_in").asInt()).isPositive();
        assertThat(client.call("/things", tokens).status()).isEqualTo(200);
        String token = tokens.get("access_token").asString();
        Got cased = variant.bound()
                ? client.called("/things", "bearer " + token)
                : client.called(
                        "/things",
                        "dpop " + token,
                        "DPoP",
                        client.holder().proof("GET", client.at("/things"), suite.clock.instant(), token));
        assertThat(cased.status()).isEqualTo(200);
        FapiClient second = suite.second(variant, true);
        assertThat(client.call("/things", granted(second)).status())
                .as("the first client's key or certificate with the second's token")
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("ensure-holder-of-key-required, ensure-client-id-in-token-endpoint (client credentials)")
    void notTheClient(Variant variant) {
        FapiClient client = suite.client(variant, true);
        Got unbound =
                variant.bound() ? client.unproven(granting(client), false) : client.unproven(granting(client), true);
        assertThat(unbound.json().get("error").asString())
                .isIn(variant == Variant.MTLS_MTLS ? "invalid_client" : "invalid_request", "invalid_dpop_proof");
        assertThat(unbound.status()).isEqualTo(variant == Variant.MTLS_MTLS ? 401 : 400);
        FapiClient second = suite.second(variant, true);
        FapiClient mixed = client.under(second.id());
        Got other = mixed.token(granting(mixed));
        assertThat(other.status()).isEqualTo(401);
        assertThat(other.json().get("error").asString()).isEqualTo("invalid_client");
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_DPOP", "KEY_MTLS"})
    @DisplayName("ensure-client-assertion-in-token-endpoint, -with-exp-is-5-minutes-in-past-fails, "
            + "-with-wrong-aud-fails, -with-no-sub-fails, ensure-signed-client-assertion-with-RS256-fails (client "
            + "credentials)")
    void assertions(Variant variant) {
        FapiClient client = suite.client(variant, true);
        for (Map<String, String> by : FapiAssertions.wrong(client, suite.clock.instant(), client.at("/oauth2/token"))) {
            Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
            form.putAll(by);
            Got got = client.token(form);
            assertThat(got.status()).as(got.text()).isEqualTo(401);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_DPOP", "MTLS_DPOP"})
    @DisplayName("check-dpop-proof-nbf-exp, ensure-dpopproof-with-iat-10seconds-before-succeeds, -after-succeeds"
            + " (client credentials)")
    void clocks(Variant variant) {
        FapiClient client = suite.client(variant, true);
        long now = suite.clock.instant().getEpochSecond();
        for (Map<String, Long> change :
                List.of(Map.of("nbf", now, "exp", now + 300), Map.of("iat", now - 10), Map.of("iat", now + 10))) {
            Map<String, Object> claims = ProofKey.claims("POST", client.at("/oauth2/token"), suite.clock.instant());
            claims.putAll(change);
            Got got = suite.send(
                    "POST",
                    client.at("/oauth2/token"),
                    ConformanceSuite.encoded(granting(client)),
                    variant.certified() ? Optional.of(client.certificate()) : Optional.empty(),
                    "DPoP",
                    client.holder().sign(client.holder().header(), claims));
            assertThat(got.status()).as(got.text()).isEqualTo(200);
        }
    }
}
