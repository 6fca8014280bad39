package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom an assertion is for that proves a client where it pushes its request (RFC 9126 section 2, FAPI 2.0 Security
/// Profile section 5.3.2.1), over HTTP.
class PushedRequestAudienceTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String issuer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        issuer = server.base("orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got push(SigningApp app, Object audience, String type) {
        SigningClient signer = app.with("one");
        Map<String, Object> claims = signer.claims(issuer, clock.instant());
        claims.put("aud", audience);
        Map<String, Object> header = new LinkedHashMap<>(signer.header());
        header.put("typ", type);
        return app.push(app.request(), signer.sign(header, claims));
    }

    private static void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void theIssuerOrTheTokenEndpointOrThisOneIsMeant() {
        SigningApp app = SigningApp.create(server, "plain", List.of("one"), "");
        for (String audience : List.of(issuer, issuer + "/oauth2/token", issuer + "/oauth2/par")) {
            Got got = push(app, audience, "JWT");
            assertThat(got.status()).as(got.text()).isEqualTo(201);
        }
        for (Object other : List.of(
                issuer + "/oauth2/revoke",
                issuer + "/oauth2/par/",
                issuer + "/oauth2/authorize",
                issuer + "/oauth2/token/",
                issuer + "/",
                "https://evil.test",
                List.of(issuer, "https://evil.test"))) {
            refused(push(app, other, "JWT"));
        }
        refused(push(app, issuer + "/oauth2/token", "client-authentication+jwt"));
        refused(push(app, issuer + "/oauth2/par", "client-authentication+jwt"));
    }

    /// The issuer alone, as one text.
    @ParameterizedTest
    @ValueSource(strings = {"fapi2", "fapi2-message-signing"})
    void ofAProfileTheIssuerAloneIsMeant(String profile) {
        SigningApp app = SigningApp.create(
                server, profile, List.of("one"), ",\"profile\":\"" + profile + "\",\"dpop_bound_access_tokens\":true");
        refused(push(app, issuer + "/oauth2/token", "JWT"));
        refused(push(app, List.of(issuer), "JWT"));
        refused(push(app, issuer + "/oauth2/par", "JWT"));
        Got got = push(app, issuer, "JWT");
        assertThat(got.text()).as("the client is known").doesNotContain("invalid_client");
        assertThat(got.status()).isEqualTo(profile.equals("fapi2") ? 201 : 400);
    }
}
