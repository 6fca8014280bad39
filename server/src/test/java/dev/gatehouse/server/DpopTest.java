package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that are bound to a key, over HTTP (RFC 9449, GAUNTLET F01 to F05).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpopTest {
    @TempDir
    static Path folder;

    private BoundWorld world;

    @BeforeAll
    void start() throws IOException {
        world = new BoundWorld(folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    /// Sections 5, 6.1, 7.1.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aBoundTokenOpensCallsWithAProofOfItsKey(String api) {
        String token = world.token(api);
        assertThat(world.call(api, token, world.proof(api, token)).status()).isEqualTo(200);
        assertThat(world.server
                        .call(api, "GET", "/things?x=1", ProofKey.shown(token, world.proof(api, token)))
                        .status())
                .isEqualTo(200);
    }

    /// The upstream learns who calls and never sees what proves it.
    @Test
    void theProofStaysBehind() {
        String token = world.token("orders");
        String proof = world.proof("orders", token);
        Got got = world.call("orders", token, proof);
        assertThat(got.text()).doesNotContain(proof).doesNotContain(token);
        assertThat(got.text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("dpop");
    }

    /// GAUNTLET F03, RFC 9449 sections 7.1, 7.2.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whoeverHasTheTokenAloneHasNothing(String api) {
        String token = world.token(api);
        BoundWorld.refused(
                world.server.call(api, "GET", "/things", "Authorization", "Bearer " + token), "invalid_token");
        BoundWorld.refused(
                world.server.call(
                        api, "GET", "/things", "Authorization", "Bearer " + token, "DPoP", world.proof(api, token)),
                "invalid_token");
        BoundWorld.refused(
                world.server.call(api, "GET", "/things", "Authorization", "DPoP " + token), "invalid_dpop_proof");
        ProofKey other = ProofKey.draw();
        BoundWorld.refused(
                world.call(api, token, other.proof("GET", world.at(api, "/things"), world.clock.instant(), token)),
                "invalid_token");
        String second = world.token(api);
        BoundWorld.refused(world.call(api, token, world.proof(api, second)), "invalid_dpop_proof");
        BoundWorld.refused(
                world.call(api, token, world.key.proof("GET", world.at(api, "/things"), world.clock.instant())),
                "invalid_dpop_proof");
        String unbound = world.server
                .token(api, world.customer, BoundWorld.GRANT)
                .json()
                .get("access_token")
                .asString();
        BoundWorld.refused(world.call(api, unbound, world.proof(api, unbound)), "invalid_token");
        assertThat(world.server
                        .call(api, "GET", "/things", "Authorization", "Bearer " + unbound)
                        .status())
                .isEqualTo(200);
        assertThat(world.server
                        .call(
                                api,
                                "GET",
                                "/things",
                                "Authorization",
                                "DPoP " + token,
                                "Authorization",
                                "Bearer " + unbound,
                                "DPoP",
                                world.proof(api, token))
                        .status())
                .isEqualTo(400);
    }

    /// Section 6.2.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whoAsksAboutATokenLearnsOfItsKey(String api) {
        Got got = world.server.form(
                api,
                "/oauth2/introspect",
                "token=" + world.token(api),
                "Authorization",
                RunningServer.basic(world.customer.clientId(), world.customer.secret()));
        assertThat(got.json().get("active").asBoolean()).as(got.text()).isTrue();
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
        assertThat(got.json().get("cnf").get("jkt").asString()).isEqualTo(world.key.thumbprint());
    }

    /// Section 5.1.
    @Test
    void theDocumentSaysWhatMaySign() {
        Got document = world.server.call("orders", "GET", "/.well-known/oauth-authorization-server");
        assertThat(document.json().get("dpop_signing_alg_values_supported").toString())
                .contains("ES256", "EdDSA")
                .doesNotContain("none", "HS256");
    }

    /// Behind somebody else's proxy the call is the one that the proxy tells of.
    @Test
    void aProxyAsksAboutABoundToken() {
        String token = world.token("orders");
        String[] original = {
            "X-Original-Method",
            "GET",
            "X-Original-URI",
            "/things",
            "X-Forwarded-Host",
            "orders.example",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-For",
            "192.0.2.1"
        };
        String proof = world.key.proof("GET", "https://orders.example/things", world.clock.instant(), token);
        assertThat(world.server
                        .call("nginx", "GET", "/verify", ProofKey.shown(token, proof, original))
                        .status())
                .isEqualTo(200);
        assertThat(world.server
                        .call("nginx", "GET", "/verify", ProofKey.shown(token, proof, original))
                        .status())
                .as("again")
                .isEqualTo(401);
        String elsewhere = world.key.proof("GET", "https://parcels.example/things", world.clock.instant(), token);
        assertThat(world.server
                        .call("nginx", "GET", "/verify", ProofKey.shown(token, elsewhere, original))
                        .status())
                .isEqualTo(401);
    }

    /// Section 5.2.
    @Test
    void aClientWhoseTokensAreBoundGetsNoOthers() {
        Customer bound = Customer.create(world.server, "bound", Setup.role(world.server, "bound", "orders"));
        assertThat(world.server
                        .admin(
                                "PATCH",
                                "/v1/applications/" + bound.application(),
                                "{\"dpop_bound_access_tokens\":true}")
                        .status())
                .isEqualTo(200);
        Got got = world.server.token("orders", bound, BoundWorld.GRANT);
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
    }

    /// A token that is bound is exchanged by who has its key, for one that is bound.
    @Test
    void aBoundTokenIsNotExchangedForOneThatIsNot() {
        String token = world.token("orders");
        String exchange = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=" + token
                + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";
        String basic = RunningServer.basic(world.customer.clientId(), world.customer.secret());
        assertThat(world.server
                        .token("orders", exchange, "Authorization", basic)
                        .status())
                .isEqualTo(400);
        String address = world.at("orders", "/oauth2/token");
        String others = ProofKey.draw().proof("POST", address, world.clock.instant());
        assertThat(world.server
                        .token("orders", exchange, "Authorization", basic, "DPoP", others)
                        .status())
                .isEqualTo(400);
        Got got = world.server.token(
                "orders",
                exchange,
                "Authorization",
                basic,
                "DPoP",
                world.key.proof("POST", address, world.clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
    }

    @Test
    void oneThatIsOverIsToldInTheSameScheme() {
        String token = world.token("parcels");
        world.clock.advance(Duration.ofMinutes(16));
        Got over = world.call("parcels", token, world.proof("parcels", token));
        assertThat(over.status()).isEqualTo(401);
        assertThat(over.header("WWW-Authenticate")).startsWith("DPoP error=\"invalid_token\"");
    }
}
