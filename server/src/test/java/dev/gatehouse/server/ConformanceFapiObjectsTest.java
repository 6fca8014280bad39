package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.FapiClient.Variant;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The modules of the plan FAPI 2.0 Message Signing about request objects (`fapi_request_method` is
/// `signed_non_repudiation`).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceFapiObjectsTest {
    private static final long HOUR_AND_MORE = 70 * 60;

    private FapiSuite suite;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        suite = new FapiSuite(folder);
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static Arguments module(String name, BiConsumer<Map<String, Object>, Long> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                module("ensure-request-object-without-exp-fails", (claims, _) -> claims.remove("exp")),
                module("ensure-request-object-without-nbf-fails", (claims, _) -> claims.remove("nbf")),
                module("ensure-expired-request-object-fails", (claims, now) -> claims.put("exp", now - 300)),
                module(
                        "ensure-request-object-with-bad-aud-fails",
                        (claims, _) -> claims.put("aud", "https://www.other1.example.com")),
                module(
                        "ensure-request-object-with-exp-over-60-fails",
                        (claims, now) -> claims.put("exp", now + HOUR_AND_MORE)),
                module(
                        "ensure-request-object-with-nbf-over-60-fails",
                        (claims, now) -> claims.put("nbf", now - HOUR_AND_MORE)),
                module(
                        "par-authorization-request-containing-request_uri",
                        (claims, _) -> claims.put("request_uri", "urn:ietf:params:oauth:request_uri:random")));
    }

    private static Got pushed(FapiClient client, String object) {
        Map<String, String> form = client.authentication();
        form.put("request", object);
        return client.push(form);
    }

    private static void refused(Got got, String... errors) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isIn((Object[]) errors);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void claims(String module, BiConsumer<Map<String, Object>, Long> change) {
        for (Variant variant : List.of(Variant.KEY_DPOP, Variant.MTLS_MTLS)) {
            FapiClient client = suite.client(variant, true);
            Map<String, Object> claims = client.object(client.request(FapiClient.OPENID));
            change.accept(claims, suite.clock.instant().getEpochSecond());
            refused(pushed(client, client.signed(claims)), "invalid_request_object");
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("ensure-server-accepts-request-object-with-multiple-aud, "
            + "ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted; a type, iat, and PS256")
    void good(Variant variant) {
        FapiClient client = suite.client(variant, true);
        long now = suite.clock.instant().getEpochSecond();
        Map<String, Object> several = client.object(client.request(FapiClient.OPENID));
        several.put("aud", List.of(suite.issuer(), "https://other1.example.com", "invalid"));
        client.tokens(client.answer(FapiClient.named(pushed(client, client.signed(several))))
                .get("code"));
        Map<String, Object> ahead = client.object(client.request(FapiClient.OPENID));
        ahead.put("nbf", now + 8);
        client.tokens(client.answer(FapiClient.named(pushed(client, client.signed(ahead))))
                .get("code"));
        Map<String, Object> typed = client.object(client.request(FapiClient.OPENID));
        typed.put("iat", now);
        Map<String, Object> header = new LinkedHashMap<>(client.signer().header());
        header.put("typ", "oauth-authz-req+jwt");
        FapiClient.named(pushed(client, client.signer().sign(header, typed)));
        FapiClient.named(pushed(client, RsaSigner.ONE.sign("PS256", "rsa", typed)));
    }

    @Test
    @DisplayName("ensure-signed-request-object-with-RS256-fails, ensure-request-object-signature-algorithm-is-not-none,"
            + " ensure-request-object-with-invalid-signature-fails, ensure-matching-key-in-authorization-request")
    void signatures() {
        FapiClient client = suite.client(Variant.KEY_DPOP, true);
        Map<String, Object> claims = client.object(client.request(FapiClient.OPENID));
        refused(pushed(client, RsaSigner.ONE.sign("RS256", "rsa", claims)), "invalid_request_object");
        String good = client.signed(claims);
        String none = SigningClient.text("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + good.split("\\.", -1)[1] + ".";
        refused(pushed(client, none), "invalid_request_object");
        refused(
                pushed(client, good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86)),
                "invalid_request_object");
        FapiClient second = suite.second(Variant.KEY_DPOP, true);
        refused(pushed(client, second.signed(claims)), "invalid_request", "invalid_request_object");
        FapiClient.named(pushed(client, good));
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    @DisplayName("fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails")
    void unsigned(Variant variant) {
        FapiClient client = suite.client(variant, true);
        Map<String, String> form = client.request(FapiClient.OPENID);
        form.putAll(client.authentication());
        refused(client.push(form), "invalid_request");
    }
}
