package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.FapiClient.Variant;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

/// The modules of the FAPI 2.0 plans about proofs of keys (`sender_constrain` is `dpop`).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceFapiProofsTest {
    private FapiSuite suite;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        suite = new FapiSuite(folder);
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static Map<String, Object> calling(FapiClient client, String path, String token) {
        return ProofKey.with(
                ProofKey.claims("GET", client.at(path), client.suite().clock.instant()), "ath", ProofKey.hash(token));
    }

    private static int call(FapiClient client, String path, String token, String proof) {
        return client.called(path, "DPoP " + token, "DPoP", proof).status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things", "/oauth2/userinfo"})
    @DisplayName("fapi2-security-profile-final-dpop-negative-tests")
    void negative(String path) {
        FapiClient client = suite.client(Variant.KEY_DPOP, false);
        String token = client.tokens(client.code(FapiClient.OPENID))
                .get("access_token")
                .asString();
        ProofKey key = client.holder();
        Map<String, Object> header = key.header();
        assertThat(client.called(path, "DPoP " + token, "DPOP", key.sign(header, calling(client, path, token)))
                        .status())
                .as("the header's name in capitals")
                .isEqualTo(200);
        assertThat(client.called(
                                path,
                                "DPoP " + token,
                                "DPoP",
                                key.sign(header, calling(client, path, token)),
                                "DPoP",
                                key.sign(header, calling(client, path, token)))
                        .status())
                .as("two of them")
                .isIn(400, 401);
        String good = key.sign(header, calling(client, path, token));
        String[] parts = good.split("\\.", -1);
        for (String wrong : List.of(
                parts[0] + "." + parts[1],
                key.sign(without(header, "typ"), calling(client, path, token)),
                SigningClient.text("{\"alg2\":\"ES256\",\"typ\":\"dpop+jwt\"}".getBytes(StandardCharsets.UTF_8)) + "."
                        + parts[1] + "." + parts[2],
                key.sign(without(header, "jwk"), calling(client, path, token)),
                key.sign(header, without(calling(client, path, token), "jti")),
                key.sign(header, without(calling(client, path, token), "htm")),
                key.sign(header, without(calling(client, path, token), "htu")),
                key.sign(header, without(calling(client, path, token), "iat")),
                key.sign(header, without(calling(client, path, token), "ath")),
                key.sign(ProofKey.with(header, "typ", "dpop+jwt+wrongyousee"), calling(client, path, token)),
                SigningClient.text("{\"alg\":\"none\",\"typ\":\"dpop+jwt\"}".getBytes(StandardCharsets.UTF_8)) + "."
                        + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + "A".repeat(86),
                key.sign(ProofKey.with(header, "jwk", withPrivatePart(key)), calling(client, path, token)),
                changed(client, path, token, "htm", "PUT"),
                changed(client, path, token, "htu", client.at(path) + "ohnonotagain"),
                changed(
                        client,
                        path,
                        token,
                        "iat",
                        suite.clock.instant().plusSeconds(3600).getEpochSecond()),
                changed(
                        client,
                        path,
                        token,
                        "iat",
                        suite.clock.instant().minusSeconds(3600).getEpochSecond()),
                changed(client, path, token, "ath", ProofKey.hash("another")),
                ProofKey.draw().sign(ProofKey.draw().header(), calling(client, path, token)))) {
            assertThat(call(client, path, token, wrong)).as(wrong).isIn(400, 401);
        }
        ProofKey other = ProofKey.draw();
        assertThat(call(client, path, token, other.sign(other.header(), calling(client, path, token))))
                .as("another key")
                .isEqualTo(401);
        assertThat(client.called(path, "DPoP " + token).status()).as("no proof").isEqualTo(401);
        assertThat(client.called(path, "Bearer " + token).status())
                .as("as a bearer token")
                .isEqualTo(401);
        spellings(client, path, token);
        assertThat(call(client, path, token, good)).as("a correct one").isEqualTo(200);
        assertThat(call(client, path, token, good)).as("twice").isEqualTo(401);
    }

    /// What means the same, or nothing.
    private static void spellings(FapiClient client, String path, String token) {
        ProofKey key = client.holder();
        String at = client.at(path);
        String host = at.substring("http://".length(), at.indexOf('/', "http://".length()));
        for (String same : List.of(
                at + "?allthedoorsonthisspaceshiphavebeen#programmedtohaveacheeryandsunnydisposition",
                at.replace("http://" + host, "HTTP://" + host.toUpperCase(Locale.ROOT)))) {
            assertThat(call(client, path, token, changed(client, path, token, "htu", same)))
                    .as(same)
                    .isEqualTo(200);
        }
        assertThat(call(
                        client,
                        path,
                        token,
                        key.sign(
                                ProofKey.with(key.header(), "tx_id", 1_800_000_000),
                                ProofKey.with(calling(client, path, token), "tx_id_key", 1_800_000_000))))
                .as("members that mean nothing")
                .isEqualTo(200);
    }

    private static String changed(FapiClient client, String path, String token, String name, Object value) {
        return client.holder().sign(client.holder().header(), ProofKey.with(calling(client, path, token), name, value));
    }

    private static Map<String, Object> without(Map<String, Object> members, String name) {
        Map<String, Object> fewer = new HashMap<>(members);
        fewer.remove(name);
        return fewer;
    }

    private static Map<String, Object> withPrivatePart(ProofKey key) {
        BigInteger secret = ((ECPrivateKey) key.pair().getPrivate()).getS();
        return ProofKey.with(key.jwk(), "d", SigningClient.text(secret.toByteArray()));
    }

    /// A whole flow in which each proof is changed in the same way.
    private void flow(FapiClient client, UnaryOperator<Map<String, Object>> change) {
        ProofKey key = client.holder();
        Instant now = suite.clock.instant();
        Got pushed = client.push(
                client.pushing(client.request(FapiClient.OPENID)),
                "DPoP",
                key.sign(key.header(), change.apply(ProofKey.claims("POST", client.at("/oauth2/par"), now))));
        Map<String, String> answer = client.answer(FapiClient.named(pushed));
        Got got = client.unproven(
                client.redeeming(answer.get("code")),
                true,
                "DPoP",
                key.sign(key.header(), change.apply(ProofKey.claims("POST", client.at("/oauth2/token"), now))));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        String token = got.json().get("access_token").asString();
        assertThat(call(
                        client,
                        "/things",
                        token,
                        key.sign(key.header(), change.apply(calling(client, "/things", token)))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_DPOP", "MTLS_DPOP"})
    @DisplayName("check-dpop-proof-nbf-exp, ensure-dpopproof-with-iat-10seconds-before-succeeds,"
            + " ensure-dpopproof-with-iat-10seconds-after-succeeds")
    void clocks(Variant variant) {
        long now = suite.clock.instant().getEpochSecond();
        FapiClient client = suite.client(variant, false);
        flow(client, claims -> ProofKey.with(ProofKey.with(claims, "nbf", now), "exp", now + 300));
        flow(client, claims -> ProofKey.with(claims, "iat", now - 10));
        flow(client, claims -> ProofKey.with(claims, "iat", now + 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_DPOP", "MTLS_DPOP"})
    @DisplayName("ensure-mismatched-dpop-jkt-fails, ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt,"
            + " ensure-token-endpoint-fails-with-mismatched-dpop-jkt, ensure-dpopproof-at-par-endpoint-binding-success,"
            + " ensure-dpop-auth-code-binding-success")
    void codesThatAreBound(Variant variant) {
        for (boolean signs : new boolean[] {false, true}) {
            FapiClient client = suite.client(variant, signs);
            String own = client.holder().thumbprint();
            String others = ProofKey.draw().thumbprint();
            Got mismatched = client.push(
                    client.pushing(client.request(FapiClient.OPENID, "dpop_jkt", others)),
                    "DPoP",
                    client.proof("/oauth2/par"));
            assertThat(mismatched.status()).isEqualTo(400);
            assertThat(mismatched.json().get("error").asString()).isIn("invalid_request", "invalid_dpop_proof");

            FapiClient stranger = client.proving(ProofKey.draw());
            for (String asked : List.of("", own)) {
                String bound = client.answer(proven(client, asked)).get("code");
                client.tokens(bound);
                refused(stranger.token(
                        stranger.redeeming(client.answer(proven(client, asked)).get("code"))));
            }
            refused(client.token(client.redeeming(client.code(FapiClient.OPENID, "dpop_jkt", others))));
        }
    }

    private static String proven(FapiClient client, String jkt) {
        return FapiClient.named(client.push(
                client.pushing(client.request(FapiClient.OPENID, "dpop_jkt", jkt)),
                "DPoP",
                client.proof("/oauth2/par")));
    }

    private static void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isIn("invalid_request", "invalid_grant", "invalid_dpop_proof");
    }

    /// Where an Api has proofs carry nonces, each endpoint asks for one once, and tells it.
    @Test
    @DisplayName("retries with the nonce of the server, as all modules make them")
    void nonces(@TempDir Path folder) throws IOException {
        try (FapiSuite nonces = new FapiSuite(folder, "\"dpop_nonce\":true")) {
            FapiClient client = nonces.client(Variant.KEY_DPOP, false);
            String code = client.code(FapiClient.OPENID);
            Got asked = client.token(client.redeeming(code));
            assertThat(asked.status()).isEqualTo(400);
            assertThat(asked.json().get("error").asString()).isEqualTo("use_dpop_nonce");
            ProofKey key = client.holder();
            Map<String, Object> claims = ProofKey.claims("POST", client.at("/oauth2/token"), nonces.clock.instant());
            Got got = client.unproven(
                    client.redeeming(code),
                    true,
                    "DPoP",
                    key.sign(key.header(), ProofKey.with(claims, "nonce", asked.header("DPoP-Nonce"))));
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            JsonNode tokens = got.json();
            Got call = client.call("/things", tokens);
            assertThat(call.status()).isEqualTo(401);
            assertThat(call.header("WWW-Authenticate")).contains("use_dpop_nonce");
            String token = tokens.get("access_token").asString();
            nonces.clock.advance(Duration.ofSeconds(1));
            assertThat(call(
                            client,
                            "/things",
                            token,
                            key.sign(
                                    key.header(),
                                    ProofKey.with(
                                            calling(client, "/things", token), "nonce", call.header("DPoP-Nonce")))))
                    .isEqualTo(200);
            assertThat(Optional.of(call.header("DPoP-Nonce"))).isNotEqualTo(Optional.of(asked.header("DPoP-Nonce")));
        }
    }
}
