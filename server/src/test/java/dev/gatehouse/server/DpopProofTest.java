package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Proofs of keys: what they are for, when they count, and how often (RFC 9449 section 4.3).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpopProofTest {
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

    /// GAUNTLET F01: on this node; the contracts have others.
    @Test
    void aProofCountsOnce() {
        String asking = world.key.proof("POST", world.at("orders", "/oauth2/token"), world.clock.instant());
        Got first = world.ask("orders", asking);
        assertThat(first.status()).isEqualTo(200);
        Got again = world.ask("orders", asking);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
        String token = first.json().get("access_token").asString();
        String proof = world.proof("orders", token);
        assertThat(world.call("orders", token, proof).status()).isEqualTo(200);
        BoundWorld.refused(world.call("orders", token, proof), "invalid_dpop_proof");
    }

    /// What is refused does not use a proof up.
    @Test
    void whatIsRefusedUsesNothingUp() {
        String asking = world.key.proof("POST", world.at("orders", "/oauth2/token"), world.clock.instant());
        Got wrong = world.server.token(
                "orders",
                BoundWorld.GRANT,
                "Authorization",
                RunningServer.basic(world.customer.clientId(), world.customer.secret() + "x"),
                "DPoP",
                asking);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(world.ask("orders", asking).status()).isEqualTo(200);
    }

    /// GAUNTLET F02, section 4.3.
    @Test
    void aProofIsForOneMethodAndOneAddress() {
        String token = world.token("orders");
        String base = world.server.base("orders");
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
            BoundWorld.refused(
                    world.call("orders", token, world.key.proof("GET", wrong, world.clock.instant(), token)),
                    "invalid_dpop_proof");
        }
        for (String same :
                List.of(base + "/things?x=1", base + "/things#f", base.replace("http://", "HTTP://") + "/things")) {
            assertThat(world.call("orders", token, world.key.proof("GET", same, world.clock.instant(), token))
                            .status())
                    .as(same)
                    .isEqualTo(200);
        }
        for (String method : List.of("POST", "get", "")) {
            BoundWorld.refused(
                    world.call(
                            "orders",
                            token,
                            world.key.proof(method, world.at("orders", "/things"), world.clock.instant(), token)),
                    "invalid_dpop_proof");
        }
        Got spoofed = world.server.call(
                "orders",
                "GET",
                "/things",
                ProofKey.shown(
                        token,
                        world.key.proof("GET", "https://evil.example/things", world.clock.instant(), token),
                        "X-Forwarded-Host",
                        "evil.example",
                        "X-Forwarded-Proto",
                        "https"));
        BoundWorld.refused(spoofed, "invalid_dpop_proof");
    }

    /// GAUNTLET F05.
    @Test
    void aProofIsOfNow() {
        Instant now = world.clock.instant();
        for (int seconds : new int[] {-61, 61, -3600, 31}) {
            Got got = world.ask(
                    "orders", world.key.proof("POST", world.at("orders", "/oauth2/token"), now.plusSeconds(seconds)));
            assertThat(got.status()).as("%d", seconds).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_dpop_proof");
        }
        for (int seconds : new int[] {-60, -8, 8, 30}) {
            assertThat(world.ask(
                                    "orders",
                                    world.key.proof(
                                            "POST", world.at("orders", "/oauth2/token"), now.plusSeconds(seconds)))
                            .status())
                    .as("%d", seconds)
                    .isEqualTo(200);
        }
    }

    /// GAUNTLET F05, E06.
    @Test
    void whatIsNoProofIsRefused() {
        Map<String, Object> good = ProofKey.claims("POST", world.at("orders", "/oauth2/token"), world.clock.instant());
        Map<String, Object> header = world.key.header();
        Map<String, Object> withPrivatePart = ProofKey.with(world.key.jwk(), "d", "AAAA");
        for (String proof : List.of(
                "",
                "x",
                "a.b.c",
                world.key.sign(ProofKey.with(header, "typ", "JWT"), good),
                world.key.sign(ProofKey.with(header, "alg", "none"), good),
                world.key.sign(ProofKey.with(header, "alg", "HS256"), good),
                world.key.sign(ProofKey.with(header, "alg", "ES384"), good),
                world.key.sign(ProofKey.with(header, "kid", 1), good),
                world.key.sign(ProofKey.with(header, "crit", List.of("exp")), good),
                world.key.sign(ProofKey.with(header, "b64", false), good),
                world.key.sign(ProofKey.with(header, "jku", "https://evil.example/jwks"), good),
                world.key.sign(ProofKey.with(header, "x5c", List.of("MII")), good),
                world.key.sign(ProofKey.with(header, "jwk", withPrivatePart), good),
                world.key.sign(ProofKey.with(header, "jwk", ProofKey.draw().jwk()), good),
                world.key.sign(ProofKey.with(header, "jwk", "x"), good),
                world.key.sign(header, ProofKey.with(good, "jti", "")),
                world.key.sign(header, ProofKey.with(good, "jti", "x".repeat(4096))),
                world.key.sign(header, ProofKey.with(good, "jti", 1)),
                world.key.sign(header, ProofKey.with(good, "iat", "now")),
                world.key.sign(header, ProofKey.with(good, "ath", "x")),
                world.key.sign(header, good) + "x",
                world.key.sign(header, good).replaceFirst("\\.[^.]*$", "."))) {
            Got got = world.ask("orders", proof);
            assertThat(got.status()).as(proof).isEqualTo(400);
            assertThat(got.json().get("error").asString()).as(proof).isEqualTo("invalid_dpop_proof");
        }
        Got twice = world.server.token(
                "orders",
                BoundWorld.GRANT,
                "Authorization",
                RunningServer.basic(world.customer.clientId(), world.customer.secret()),
                "DPoP",
                world.key.sign(header, good),
                "DPoP",
                world.key.sign(header, good));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(world.ask("orders", world.key.sign(header, good)).status()).isEqualTo(200);
    }

    /// RFC 7515 section 4, RFC 7519 section 4: what is not understood is passed over, in the header and beside it.
    @Test
    void whatAProofSaysBesidesIsPassedOver() {
        Map<String, Object> header = ProofKey.with(ProofKey.with(world.key.header(), "kid", "x"), "tx_id", 1);
        Map<String, Object> claims = ProofKey.with(
                ProofKey.claims("POST", world.at("orders", "/oauth2/token"), world.clock.instant()), "exp", "whenever");
        assertThat(world.ask("orders", world.key.sign(header, claims)).status()).isEqualTo(200);
    }
}
