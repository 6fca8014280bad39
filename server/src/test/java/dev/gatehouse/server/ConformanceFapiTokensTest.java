package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.FapiClient.Variant;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The modules of the FAPI 2.0 plans about the token endpoint.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceFapiTokensTest {
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
        String error = got.json().get("error").asString();
        assertThat(error).isIn((Object[]) errors);
        assertThat(got.status()).as(got.text()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
        assertThat(got.header("Content-Type")).startsWith("application/json");
        assertThat(got.json().get("error_description").asString()).doesNotContain("\r", "\n", "\t", "\"", "\\");
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-ensure-client-id-in-token-endpoint")
    void clientId(Variant variant) {
        FapiClient client = suite.client(variant, false);
        FapiClient second = suite.second(variant, false);
        FapiClient mixed = client.under(second.id());
        Map<String, String> form = mixed.redeeming(client.code(FapiClient.OPENID));
        form.put("client_id", second.id());
        refused(mixed.token(form), "invalid_client");
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-ensure-holder-of-key-required")
    void holderOfKey(Variant variant) {
        FapiClient client = suite.client(variant, false);
        Map<String, String> form = client.redeeming(client.code(FapiClient.OPENID));
        switch (variant) {
            case KEY_DPOP, MTLS_DPOP ->
                refused(client.unproven(form, true), "invalid_request", "invalid_grant", "invalid_dpop_proof");
            case KEY_MTLS -> refused(client.unproven(form, false), "invalid_request", "invalid_grant");
            case MTLS_MTLS -> refused(client.unproven(form, false), "invalid_client", "invalid_request");
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client")
    void boundToClient(Variant variant) {
        FapiClient client = suite.client(variant, false);
        FapiClient second = suite.second(variant, false);
        Map<String, String> form = second.redeeming(client.code(FapiClient.OPENID));
        form.put("redirect_uri", client.redirect());
        refused(second.token(form), "invalid_grant");
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second")
    void reuse(Variant variant) {
        FapiClient client = suite.client(variant, false);
        String code = client.code(FapiClient.OPENID);
        JsonNode tokens = client.tokens(code);
        assertThat(client.call("/things", tokens).status()).isEqualTo(200);
        suite.clock.advance(Duration.ofSeconds(1));
        refused(client.token(client.redeeming(code)), "invalid_grant");
        assertThat(client.call("/things", tokens).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code")
    void expiredCode(Variant variant) {
        FapiClient client = suite.client(variant, false);
        String code = client.code(FapiClient.OPENID);
        suite.clock.advance(Duration.ofSeconds(62));
        refused(client.token(client.redeeming(code)), "invalid_grant");
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("ensure-pkce-code-verifier-required, incorrect-pkce-code-verifier-rejected")
    void verifiers(Variant variant) {
        FapiClient client = suite.client(variant, false);
        Map<String, String> without = client.redeeming(client.code(FapiClient.OPENID));
        without.remove("code_verifier");
        refused(client.token(without), "invalid_grant");
        Map<String, String> wrong = client.redeeming(client.code(FapiClient.OPENID));
        wrong.put("code_verifier", "w".repeat(43));
        refused(client.token(wrong), "invalid_grant");
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_DPOP", "KEY_MTLS"})
    @DisplayName("ensure-client-assertion-in-token-endpoint, "
            + "ensure-client-assertion-with-exp-is-5-minutes-in-past-fails, -with-wrong-aud-fails, "
            + "-with-no-sub-fails, ensure-signed-client-assertion-with-RS256-fails")
    void assertions(Variant variant) {
        FapiClient client = suite.client(variant, false);
        for (Map<String, String> by :
                FapiAssertions.wrong(client, suite.clock.instant(), "https://other.example.com")) {
            refused(client.token(redeeming(client, by)), "invalid_client");
        }
        Map<String, String> strong = FapiClient.asserting(RsaSigner.ONE.sign("PS256", "rsa", client.claims()));
        assertThat(client.token(redeeming(client, strong)).status()).isEqualTo(200);
    }

    private static Map<String, String> redeeming(FapiClient client, Map<String, String> by) {
        Map<String, String> form = client.redeeming(client.code("things:read"));
        form.keySet().removeAll(client.authentication().keySet());
        form.putAll(by);
        return form;
    }
}
