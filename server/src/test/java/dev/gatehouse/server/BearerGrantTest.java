package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.TrustWorld.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The word of an issuer that an application trusts, in place of a secret of its own (RFC 7523).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerGrantTest {
    @TempDir
    static Path folder;

    private TrustWorld world;

    @BeforeAll
    void start() throws IOException {
        world = new TrustWorld(folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anIssuerSpeaksForAnApplication(String api) {
        Trust trust = world.trust();
        Got got = world.ask(api, trust, world.claims(api, TrustWorld.SUBJECT), "&scope=things%3Aread");
        String token = ExchangeWorld.token(got);
        assertThat(got.json().get("scope").asString()).isEqualTo("things:read");
        assertThat(got.json().has("refresh_token")).isFalse();
        assertThat(world.call(api, token)).isEqualTo(200);
        Map<String, Object> claims = world.claims(api, TrustWorld.SUBJECT);
        claims.put("aud", world.server.base(api) + "/oauth2/token");
        assertThat(world.ask(api, trust, claims, "").status()).isEqualTo(200);
        JsonNode shown = world.server
                .admin("GET", "/v1/credentials/" + trust.credential(), "")
                .json();
        assertThat(shown.get("assertion_issuer").asString()).isEqualTo(TrustWorld.ISSUER);
        assertThat(shown.get("assertion_subject").asString()).isEqualTo(TrustWorld.SUBJECT);
        assertThat(shown.get("jwks").get("keys").size()).isEqualTo(1);
    }

    /// RFC 9396 section 6.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anIssuerSpeaksForAnApplicationThatAsksExactly(String api) {
        Trust trust = world.trust();
        TrustWorld.refused(
                world.ask(
                        api,
                        trust,
                        world.claims(api, TrustWorld.SUBJECT),
                        "&scope=things%3Aread" + Payments.asked("Shop")),
                "invalid_authorization_details");
        Payments.typed(world.server, api);
        Got got = world.ask(
                api, trust, world.claims(api, TrustWorld.SUBJECT), "&scope=things%3Aread" + Payments.asked("Shop"));
        assertThat(got.json().get("authorization_details")).isEqualTo(Payments.tree("Shop"));
    }

    /// Section 3 (7): once, on the same node; the store's contract has others.
    @Test
    void anAssertionCountsOnce() {
        Trust trust = world.trust();
        Map<String, Object> claims = world.claims("orders", TrustWorld.SUBJECT);
        assertThat(world.ask("orders", trust, claims, "").status()).isEqualTo(200);
        TrustWorld.refused(world.ask("orders", trust, claims, ""), "invalid_grant");
        TrustWorld.refused(world.ask("orders", trust, claims, "&scope=things%3Aread"), "invalid_grant");
    }

    /// Whichever application shows it (GAUNTLET R2): another one that trusts the same key of the same issuer.
    /// One that only says the same of keys of its own is no issuer's, and uses up nothing of another's.
    @Test
    void anAssertionCountsOnceForAllApplications() {
        String more = ",\"scopes\":\"role\",\"assertion_subject\":\"" + TrustWorld.SUBJECT + "\"";
        Trust one = world.trust(world.role, "\"" + TrustWorld.GRANT + "\"", more);
        Trust two = world.trust(
                world.role, "\"" + TrustWorld.GRANT + "\"", more, one.by().pair());
        Trust impostor = world.trust(world.role, "\"" + TrustWorld.GRANT + "\"", more);
        Map<String, Object> claims = world.claims("orders", TrustWorld.SUBJECT);
        assertThat(world.ask("orders", impostor, claims, "").status()).isEqualTo(200);
        assertThat(world.ask("orders", one, claims, "").status()).isEqualTo(200);
        TrustWorld.refused(world.ask("orders", two, claims, ""), "invalid_grant");
        assertThat(world.ask("orders", two).status()).isEqualTo(200);
    }

    /// What issuers in use write: GitHub names the certificate of its key, Kubernetes lists its audiences, and
    /// a name is theirs to give or not.
    @Test
    void whatIssuersInUseWriteIsTaken() {
        Trust trust = world.trust();
        String named = "&client_id=" + trust.clientId();
        for (String header : List.of(
                "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5t\":\"ykNaY4qM_ta4k2TgZOCEYLkcYlA\",\"kid\":\"one\"}",
                "{\"alg\":\"ES256\",\"kid\":\"one\"}",
                "{\"kid\":\"one\",\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5t#S256\":\"x\",\"later\":{\"a\":[1]}}")) {
            Map<String, Object> claims = world.claims("orders", TrustWorld.SUBJECT);
            claims.put("aud", List.of(world.server.base("orders")));
            claims.remove("jti");
            claims.put("kubernetes.io", Map.of("namespace", header.length()));
            String text = trust.by().sign(header, RunningServer.JSON.writeValueAsString(claims));
            Got got = world.server.token("orders", TrustWorld.form(text, named));
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            TrustWorld.refused(world.server.token("orders", TrustWorld.form(text, named)), "invalid_grant");
        }
        for (String never : List.of(
                "\"crit\":[\"x\"],\"x\":1",
                "\"b64\":false",
                "\"x5u\":\"https://evil.example.com\"",
                "\"x5c\":[\"x\"]",
                "\"typ\":1")) {
            String header = "{\"alg\":\"ES256\",\"kid\":\"one\"," + never + "}";
            String text = trust.by()
                    .sign(header, RunningServer.JSON.writeValueAsString(world.claims("orders", TrustWorld.SUBJECT)));
            TrustWorld.refused(world.server.token("orders", TrustWorld.form(text, named)), "invalid_grant");
        }
    }

    @Test
    void theClientsTermsAndTheCredentialsScopesBoundIt() {
        Trust without = world.trust(
                world.role,
                "\"client_credentials\"",
                ",\"scopes\":\"role\",\"assertion_subject\":\"" + TrustWorld.SUBJECT + "\"");
        TrustWorld.refused(world.ask("orders", without), "unauthorized_client");
        Trust narrow = world.trust(
                world.role,
                "\"" + TrustWorld.GRANT + "\"",
                ",\"scopes\":{\"orders\":[\"things:read\"]},\"apis\":[\"orders\"],\"assertion_subject\":\""
                        + TrustWorld.SUBJECT + "\"");
        assertThat(world.ask("orders", narrow).json().get("scope").asString()).isEqualTo("things:read");
        TrustWorld.refused(
                world.ask("orders", narrow, world.claims("orders", TrustWorld.SUBJECT), "&scope=things%3Awrite"),
                "invalid_scope");
        TrustWorld.refused(world.ask("parcels", narrow), "unauthorized_client");
        TrustWorld.refused(
                world.ask("orders", narrow, world.claims("orders", TrustWorld.SUBJECT), "&resource=urn%3Ax"),
                "invalid_target");
    }

    @Test
    void theDocumentNamesTheGrant() {
        JsonNode document = world.server
                .call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("grant_types_supported").toString()).contains(TrustWorld.GRANT);
    }
}
