package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// ID tokens of a provider that errs, or that somebody else made (OpenID Connect Core section 3.1.3.7, GAUNTLET
/// E01-E09, J04).
class ForeignIdTokenTest extends FederationWorld {
    @BeforeEach
    void anybodyMayJoin() {
        joining();
    }

    private void nobody(Map<String, Object> claims) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("sub", "sub-1"));
        all.putAll(claims);
        Reader reader = reader();
        refused(through(reader, all));
        assertThat(reader.cookies()).as(claims.toString()).doesNotContainKey(SESSION);
    }

    @Test
    void everyClaimIsLookedAt() {
        long now = clock.instant().getEpochSecond();
        List<Map<String, Object>> wrong = List.of(
                Map.of("iss", "https://evil.test"),
                Map.of("iss", provider.issuer() + "/"),
                Map.of("iss", "-"),
                Map.of("aud", "other"),
                Map.of("aud", List.of("gatehouse", "other")),
                Map.of("aud", List.of()),
                Map.of("aud", "-"),
                Map.of("azp", "other"),
                Map.of("azp", 7),
                Map.of("nonce", "other"),
                Map.of("nonce", "-"),
                Map.of("exp", now - 61),
                Map.of("exp", "-"),
                Map.of("exp", now + 3 * 86_400),
                Map.of("exp", Long.toString(now + 300)),
                Map.of("iat", now + 61),
                Map.of("iat", now - 3600),
                Map.of("iat", "-"),
                Map.of("nbf", now + 61),
                Map.of("auth_time", now + 61),
                Map.of("auth_time", "soon"),
                Map.of("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
                Map.of("at_hash", 7));
        wrong.forEach(this::nobody);
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        assertThat(through(reader(), Map.of("sub", "sub-1", "aud", List.of("gatehouse"), "azp", "gatehouse"))
                        .status())
                .isEqualTo(303);
    }

    /// GAUNTLET J04: null, a number, or what nobody may be called.
    @Test
    void aSubjectIsATextAndTheWholeText() {
        joining();
        assertThat(through(reader(), "7").status()).isEqualTo(303);
        for (Object sub : List.of(
                7, 7.0, true, List.of("7"), Map.of("a", "7"), "", " 7", "7 ", "7\u0000", "s\u00fcb", "x".repeat(256))) {
            nobody(Map.of("sub", sub));
        }
        nobody(Map.of("sub", "-"));
        provider.gives(token -> {
            Map<String, Object> claims = new LinkedHashMap<>(claims(token));
            claims.put("sub", null);
            return provider.signed(claims);
        });
        nobody(Map.of());
    }

    @SuppressWarnings("unchecked") // JSON objects have texts for names
    private static Map<String, Object> claims(String token) {
        return RunningServer.JSON.readValue(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), Map.class);
    }

    @Test
    void onlyKeysOfTheProviderSign() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair own = generator.generateKeyPair();
        RSAPublicKey rsa = (RSAPublicKey) own.getPublic();
        Map<String, Object> jwk = Map.of(
                "kty",
                "RSA",
                "kid",
                "k1",
                "n",
                FakeProvider.number(rsa.getModulus()),
                "e",
                FakeProvider.number(BigInteger.valueOf(65_537)));
        List<UnaryOperator<String>> forged = List.of(
                token -> FakeProvider.part(Map.of("alg", "none", "kid", "k1")) + "." + token.split("\\.", -1)[1] + ".",
                token -> FakeProvider.part(Map.of("alg", "none")) + "." + token.split("\\.", -1)[1] + ".AA",
                token -> FakeProvider.signed(Map.of("alg", "RS256", "kid", "k1"), claims(token), own),
                token -> FakeProvider.signed(Map.of("alg", "RS256", "kid", "k1", "jwk", jwk), claims(token), own),
                token -> FakeProvider.signed(
                        Map.of("alg", "RS256", "kid", "k1", "jku", "https://evil.test/jwks"), claims(token), own),
                token -> FakeProvider.signed(Map.of("alg", "RS256", "kid", "other"), claims(token), own),
                this::underThePublicKey,
                token -> token.substring(0, token.lastIndexOf('.') + 1),
                token -> token + "A",
                _ -> "",
                _ -> "not.a.token");
        for (UnaryOperator<String> one : forged) {
            provider.gives(one);
            nobody(Map.of());
        }
        provider.gives(UnaryOperator.identity());
        provider.heads(head -> Map.of("alg", "RS256", "kid", "k1", "typ", "at+jwt"));
        nobody(Map.of());
        provider.heads(head -> Map.of("alg", "RS256", "kid", "k1", "crit", List.of("exp")));
        nobody(Map.of());
        provider.heads(UnaryOperator.identity());
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
    }

    /// What large providers put there besides is passed over, and no key is taken from it.
    @Test
    void membersOfTheHeaderThatAreNotNeededArePassedOver() {
        provider.heads(head -> {
            head.putAll(Map.of("x5t", "dGh1bWI", "typ", "JWT", "nonce", "x"));
            return head;
        });
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        for (String name : List.of("crit", "b64", "zip")) {
            provider.heads(head -> {
                head.put(name, "x");
                return head;
            });
            nobody(Map.of());
        }
    }

    /// GAUNTLET E02: an HMAC under what everybody knows.
    private String underThePublicKey(String token) {
        try {
            String input = FakeProvider.part(Map.of("alg", "HS256", "kid", "k1")) + "." + token.split("\\.", -1)[1];
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(provider.key().getPublic().getEncoded(), "HmacSHA256"));
            return input + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNewKeyIsLookedForAndNotMoreOftenThanThat() {
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        clock.advance(Duration.ofSeconds(31));
        provider.rolls("k2");
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        long looked = looks("/jwks");
        provider.heads(head -> {
            head.put("kid", "made-up");
            return head;
        });
        for (int i = 0; i < 5; i++) {
            nobody(Map.of());
        }
        assertThat(looks("/jwks")).isEqualTo(looked);
        assertThat(looks("/.well-known/openid-configuration")).isEqualTo(1);
    }

    private long looks(String path) {
        return provider.log().stream().filter(("GET " + path)::equals).count();
    }

    /// OpenID Connect Discovery section 4.3, and addresses less protected than the issuer's (GAUNTLET J06).
    @Test
    void aProviderSpeaksForItself() {
        List<Map<String, Object>> wrong = List.of(
                Map.of("issuer", "https://evil.test"),
                Map.of("issuer", provider.issuer() + "/"),
                Map.of("authorization_endpoint", "javascript:alert(1)"),
                Map.of("authorization_endpoint", provider.issuer() + "/a#b"),
                Map.of("authorization_endpoint", "http://a:b@127.0.0.1/"),
                Map.of("authorization_endpoint", "http://127.0.0.1/\"><script>"),
                Map.of("token_endpoint", "file:///etc/passwd"),
                Map.of("jwks_uri", 7));
        for (Map<String, Object> one : wrong) {
            provider.says(document -> {
                document.putAll(one);
                return document;
            });
            clock.advance(Duration.ofMinutes(31));
            Reader reader = reader();
            reader.open(SIGN_IN);
            Got got = reader.send(FEDERATION, "provider", "acme");
            assertThat(got.status()).as(one.toString()).isEqualTo(503);
            assertThat(got.text()).contains("id=\"error\"");
            assertThat(reader.cookies()).doesNotContainKey(COOKIE);
        }
        provider.says(UnaryOperator.identity());
        clock.advance(Duration.ofMinutes(31));
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
    }

    /// GAUNTLET J06: where the operator opened nothing, nobody is asked, whatever the provider says.
    @Test
    void whatIsNotOpenIsNotAsked() {
        provider.says(document -> {
            document.put("token_endpoint", "http://127.0.0.1:9/token");
            return document;
        });
        nobody(Map.of());
        assertThat(provider.redeemed()).isEmpty();
    }

    @Test
    void aTokenEndpointThatFailsLetsNobodyIn() {
        for (int status : new int[] {201, 302, 400, 401, 500, 503}) {
            provider.answers(status);
            nobody(Map.of());
        }
    }
}
