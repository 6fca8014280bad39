package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that are bound to keys, over HTTP (RFC 9449, GAUNTLET F01-F05).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpopTest {
    private static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ProofKey key = ProofKey.draw();
    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder, clock, "name: nginx, serves: verify, proxy: nginx, trusted-proxies: [127.0.0.1]");
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String at(String api, String path) {
        return server.base(api) + path;
    }

    private Got ask(String api, String proof) {
        return server.token(
                api,
                GRANT,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                proof);
    }

    private String token(String api) {
        Got got = ask(api, key.proof("POST", at(api, "/oauth2/token"), clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
        return got.json().get("access_token").asString();
    }

    private Got call(String api, String token, String proof) {
        return server.call(api, "GET", "/things", ProofKey.shown(token, proof));
    }

    private String proof(String api, String token) {
        return key.proof("GET", at(api, "/things"), clock.instant(), token);
    }

    private static void refused(Got got, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate"))
                .startsWith("DPoP error=\"" + error + "\"")
                .contains("algs=\"ES256 ");
    }

    /// Sections 5, 6.1, 7.1.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aBoundTokenOpensCallsWithAProofOfItsKey(String api) {
        String token = token(api);
        assertThat(call(api, token, proof(api, token)).status()).isEqualTo(200);
        assertThat(server.call(api, "GET", "/things?x=1", ProofKey.shown(token, proof(api, token)))
                        .status())
                .isEqualTo(200);
    }

    /// The upstream learns who calls and never sees what proves it.
    @Test
    void theProofStaysBehind() {
        String token = token("orders");
        String proof = proof("orders", token);
        Got got = call("orders", token, proof);
        assertThat(got.text()).doesNotContain(proof).doesNotContain(token);
        assertThat(got.text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("dpop");
    }

    /// GAUNTLET F03, RFC 9449 sections 7.1, 7.2.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whoeverHasTheTokenAloneHasNothing(String api) {
        String token = token(api);
        refused(server.call(api, "GET", "/things", "Authorization", "Bearer " + token), "invalid_token");
        refused(
                server.call(api, "GET", "/things", "Authorization", "Bearer " + token, "DPoP", proof(api, token)),
                "invalid_token");
        refused(server.call(api, "GET", "/things", "Authorization", "DPoP " + token), "invalid_dpop_proof");
        ProofKey other = ProofKey.draw();
        refused(call(api, token, other.proof("GET", at(api, "/things"), clock.instant(), token)), "invalid_token");
        String second = token(api);
        refused(call(api, token, proof(api, second)), "invalid_dpop_proof");
        refused(call(api, token, key.proof("GET", at(api, "/things"), clock.instant())), "invalid_dpop_proof");
        String unbound =
                server.token(api, customer, GRANT).json().get("access_token").asString();
        refused(call(api, unbound, proof(api, unbound)), "invalid_token");
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + unbound)
                        .status())
                .isEqualTo(200);
        assertThat(server.call(
                                api,
                                "GET",
                                "/things",
                                "Authorization",
                                "DPoP " + token,
                                "Authorization",
                                "Bearer " + unbound,
                                "DPoP",
                                proof(api, token))
                        .status())
                .isEqualTo(400);
    }

    /// GAUNTLET F01: on this node; the contracts have others.
    @Test
    void aProofCountsOnce() {
        String asking = key.proof("POST", at("orders", "/oauth2/token"), clock.instant());
        Got first = ask("orders", asking);
        assertThat(first.status()).isEqualTo(200);
        Got again = ask("orders", asking);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
        String token = first.json().get("access_token").asString();
        String proof = proof("orders", token);
        assertThat(call("orders", token, proof).status()).isEqualTo(200);
        refused(call("orders", token, proof), "invalid_dpop_proof");
    }

    /// What is refused does not use a proof up.
    @Test
    void whatIsRefusedUsesNothingUp() {
        String asking = key.proof("POST", at("orders", "/oauth2/token"), clock.instant());
        Got wrong = server.token(
                "orders",
                GRANT,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret() + "x"),
                "DPoP",
                asking);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(ask("orders", asking).status()).isEqualTo(200);
    }

    /// GAUNTLET F02, section 4.3.
    @Test
    void aProofIsForOneMethodAndOneAddress() {
        String token = token("orders");
        String base = server.base("orders");
        for (String wrong : List.of(
                base + "/other",
                base + "/things/",
                base + "/Things",
                base + "/%74hings",
                base.replace("http:", "https:") + "/things",
                "http://evil.example/things",
                "http://u@" + base.substring("http://".length()) + "/things",
                "/things",
                "",
                base + "/../things")) {
            refused(call("orders", token, key.proof("GET", wrong, clock.instant(), token)), "invalid_dpop_proof");
        }
        for (String same :
                List.of(base + "/things?x=1", base + "/things#f", base.replace("http://", "HTTP://") + "/things")) {
            assertThat(call("orders", token, key.proof("GET", same, clock.instant(), token))
                            .status())
                    .as(same)
                    .isEqualTo(200);
        }
        for (String method : List.of("POST", "get", "")) {
            refused(
                    call("orders", token, key.proof(method, at("orders", "/things"), clock.instant(), token)),
                    "invalid_dpop_proof");
        }
        Got spoofed = server.call(
                "orders",
                "GET",
                "/things",
                ProofKey.shown(
                        token,
                        key.proof("GET", "https://evil.example/things", clock.instant(), token),
                        "X-Forwarded-Host",
                        "evil.example",
                        "X-Forwarded-Proto",
                        "https"));
        refused(spoofed, "invalid_dpop_proof");
    }

    /// GAUNTLET F05.
    @Test
    void aProofIsOfNow() {
        Instant now = clock.instant();
        for (int seconds : new int[] {-61, 61, -3600, 31}) {
            Got got = ask("orders", key.proof("POST", at("orders", "/oauth2/token"), now.plusSeconds(seconds)));
            assertThat(got.status()).as("%d", seconds).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
        }
        for (int seconds : new int[] {-60, -8, 8, 30}) {
            assertThat(ask("orders", key.proof("POST", at("orders", "/oauth2/token"), now.plusSeconds(seconds)))
                            .status())
                    .as("%d", seconds)
                    .isEqualTo(200);
        }
    }

    /// GAUNTLET F05, E06.
    @Test
    void whatIsNoProofIsRefused() {
        Map<String, Object> good = ProofKey.claims("POST", at("orders", "/oauth2/token"), clock.instant());
        Map<String, Object> header = key.header();
        Map<String, Object> withPrivatePart = ProofKey.with(key.jwk(), "d", "AAAA");
        for (String proof : List.of(
                "",
                "x",
                "a.b.c",
                key.sign(ProofKey.with(header, "typ", "JWT"), good),
                key.sign(ProofKey.with(header, "alg", "none"), good),
                key.sign(ProofKey.with(header, "alg", "HS256"), good),
                key.sign(ProofKey.with(header, "alg", "ES384"), good),
                key.sign(ProofKey.with(header, "kid", 1), good),
                key.sign(ProofKey.with(header, "crit", List.of("exp")), good),
                key.sign(ProofKey.with(header, "b64", false), good),
                key.sign(ProofKey.with(header, "jku", "https://evil.example/jwks"), good),
                key.sign(ProofKey.with(header, "x5c", List.of("MII")), good),
                key.sign(ProofKey.with(header, "jwk", withPrivatePart), good),
                key.sign(ProofKey.with(header, "jwk", ProofKey.draw().jwk()), good),
                key.sign(ProofKey.with(header, "jwk", "x"), good),
                key.sign(header, ProofKey.with(good, "jti", "")),
                key.sign(header, ProofKey.with(good, "jti", "x".repeat(4096))),
                key.sign(header, ProofKey.with(good, "jti", 1)),
                key.sign(header, ProofKey.with(good, "iat", "now")),
                key.sign(header, ProofKey.with(good, "ath", "x")),
                key.sign(header, good) + "x",
                key.sign(header, good).replaceFirst("\\.[^.]*$", "."))) {
            Got got = ask("orders", proof);
            assertThat(got.status()).as(proof).isEqualTo(400);
            assertThat(got.json().get("error").asString()).as(proof).isEqualTo("invalid_dpop_proof");
        }
        Got twice = server.token(
                "orders",
                GRANT,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                key.sign(header, good),
                "DPoP",
                key.sign(header, good));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(ask("orders", key.sign(header, good)).status()).isEqualTo(200);
    }

    /// RFC 7515 section 4, RFC 7519 section 4: what is not understood is passed over, in the header and beside it.
    @Test
    void whatAProofSaysBesidesIsPassedOver() {
        Map<String, Object> header = ProofKey.with(ProofKey.with(key.header(), "kid", "x"), "tx_id", 1);
        Map<String, Object> claims = ProofKey.with(
                ProofKey.claims("POST", at("orders", "/oauth2/token"), clock.instant()), "exp", "whenever");
        assertThat(ask("orders", key.sign(header, claims)).status()).isEqualTo(200);
    }

    /// Section 6.2.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whoAsksAboutATokenLearnsOfItsKey(String api) {
        Got got = server.form(
                api,
                "/oauth2/introspect",
                "token=" + token(api),
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
        assertThat(got.json().get("active").asBoolean()).as(got.text()).isTrue();
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
        assertThat(got.json().get("cnf").get("jkt").asString()).isEqualTo(key.thumbprint());
    }

    /// Section 5.1.
    @Test
    void theDocumentSaysWhatMaySign() {
        Got document = server.call("orders", "GET", "/.well-known/oauth-authorization-server");
        assertThat(document.json().get("dpop_signing_alg_values_supported").toString())
                .contains("ES256", "EdDSA")
                .doesNotContain("none", "HS256");
    }

    /// Behind somebody else's proxy the call is the one that the proxy tells of.
    @Test
    void aProxyAsksAboutABoundToken() {
        String token = token("orders");
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
        String proof = key.proof("GET", "https://orders.example/things", clock.instant(), token);
        assertThat(server.call("nginx", "GET", "/verify", ProofKey.shown(token, proof, original))
                        .status())
                .isEqualTo(200);
        assertThat(server.call("nginx", "GET", "/verify", ProofKey.shown(token, proof, original))
                        .status())
                .as("again")
                .isEqualTo(401);
        String elsewhere = key.proof("GET", "https://parcels.example/things", clock.instant(), token);
        assertThat(server.call("nginx", "GET", "/verify", ProofKey.shown(token, elsewhere, original))
                        .status())
                .isEqualTo(401);
    }

    /// Section 5.2.
    @Test
    void aClientWhoseTokensAreBoundGetsNoOthers() {
        Customer bound = Customer.create(server, "bound", Setup.role(server, "bound", "orders"));
        assertThat(server.admin(
                                "PATCH",
                                "/v1/applications/" + bound.application(),
                                "{\"dpop_bound_access_tokens\":true}")
                        .status())
                .isEqualTo(200);
        Got got = server.token("orders", bound, GRANT);
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
    }

    /// A token that is bound is exchanged by who has its key, for one that is bound.
    @Test
    void aBoundTokenIsNotExchangedForOneThatIsNot() {
        String token = token("orders");
        String exchange = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=" + token
                + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";
        String basic = RunningServer.basic(customer.clientId(), customer.secret());
        assertThat(server.token("orders", exchange, "Authorization", basic).status())
                .isEqualTo(400);
        String address = at("orders", "/oauth2/token");
        String others = ProofKey.draw().proof("POST", address, clock.instant());
        assertThat(server.token("orders", exchange, "Authorization", basic, "DPoP", others)
                        .status())
                .isEqualTo(400);
        Got got = server.token(
                "orders", exchange, "Authorization", basic, "DPoP", key.proof("POST", address, clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
    }

    @Test
    void oneThatIsOverIsToldInTheSameScheme() {
        String token = token("parcels");
        clock.advance(Duration.ofMinutes(16));
        Got over = call("parcels", token, proof("parcels", token));
        assertThat(over.status()).isEqualTo(401);
        assertThat(over.header("WWW-Authenticate")).startsWith("DPoP error=\"invalid_token\"");
    }
}
