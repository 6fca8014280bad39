package dev.gatehouse.oauth.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoseTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void theNativeProviderIsInUseOnThisPlatformOrSaysWhyNot() {
        CryptoProviders chosen = CryptoProviders.choose();
        assertThat(chosen.description()).startsWith("signatures by ").doesNotContain("\n");
        assertThat(chosen.corretto().isPresent())
                .isEqualTo(!chosen.description().contains("JDK"));
    }

    @ParameterizedTest
    @EnumSource
    void everyProviderVerifiesWhatEveryOtherSigned(SigningAlgorithm algorithm) {
        byte[] input = "input".getBytes(StandardCharsets.UTF_8);
        for (CryptoProviders drawing : List.of(CryptoProviders.choose(), CryptoProviders.jdk())) {
            NewKey key = NewKey.draw("k", algorithm, drawing, random);
            PublicJwk jwk = PublicJwk.parse(key.publicJwk().json()).orElseThrow();
            assertThat(jwk.thumbprint()).isEqualTo(key.publicJwk().thumbprint());
            for (CryptoProviders signing : List.of(CryptoProviders.choose(), CryptoProviders.jdk())) {
                byte[] signed =
                        Signer.of(algorithm, key.pkcs8(), signing).orElseThrow().sign(input);
                for (CryptoProviders verifying : List.of(CryptoProviders.choose(), CryptoProviders.jdk())) {
                    JwsVerifier verifier = JwsVerifier.of(jwk, verifying);
                    assertThat(verifier.verifies(input, signed)).isTrue();
                    assertThat(verifier.verifies(new byte[5], signed)).isFalse();
                    assertThat(verifier.verifies(input, new byte[signed.length]))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void e09WeakKeysAreRefused() throws Exception {
        assertThat(PublicJwk.parse(rsa(512, BigInteger.valueOf(65537)))).isEmpty();
        assertThat(PublicJwk.parse(rsa(1024, BigInteger.valueOf(65537)))).isEmpty();
        assertThat(PublicJwk.parse(rsa(2048, BigInteger.valueOf(65537)))).isPresent();
        assertThat(PublicJwk.parse(rsa(2048, BigInteger.ONE))).isEmpty();
        assertThat(PublicJwk.parse(rsa(2048, BigInteger.valueOf(3)))).isEmpty();
        assertThat(PublicJwk.parse(rsa(2048, BigInteger.valueOf(65536)))).isEmpty();
    }

    private static String rsa(int bits, BigInteger exponent) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
        var jwk = com.nimbusds.jose.util.Base64URL.encode(key.getModulus());
        if (exponent.equals(key.getPublicExponent())) {
            assertThat(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), exponent)))
                    .isNotNull();
        }
        return new RSAKey.Builder(jwk, com.nimbusds.jose.util.Base64URL.encode(exponent))
                .keyID("k")
                .algorithm(com.nimbusds.jose.JWSAlgorithm.RS256)
                .build()
                .toJSONString();
    }

    @Test
    void e09PointsOffTheCurveAreRefused() throws Exception {
        String json = NewKey.draw("k", SigningAlgorithm.ES256, CryptoProviders.jdk(), random)
                .publicJwk()
                .json();
        ECKey key = ECKey.parse(json);
        assertThat(PublicJwk.parse(json)).isPresent();
        assertThat(PublicJwk.parse(
                        json.replace(key.getX().toString(), key.getY().toString())))
                .isEmpty();
        assertThat(PublicJwk.parse(json.replace(key.getY().toString(), "A".repeat(43))))
                .isEmpty();
        assertThat(PublicJwk.parse(json.replace("P-256", "P-384"))).isEmpty();
        assertThat(PublicJwk.parse(json.replace("ES256", "RS256"))).isEmpty();
        assertThat(PublicJwk.parse(json.replace("ES256", "none"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void e09PointsOfSmallOrderAreRefused(String hex) {
        byte[] point = HexFormat.of().parseHex(hex);
        for (int sign : new int[] {0, 0x80}) {
            byte[] signed = point.clone();
            signed[31] |= (byte) sign;
            String json = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"x\":\""
                    + Base64Url.encode(signed) + "\"}";
            assertThat(PublicJwk.parse(json)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"kty\":\"oct\",\"k\":\"AAAA\",\"alg\":\"HS256\",\"kid\":\"k\"}",
                "{\"kty\":\"EC\"}"
            })
    void whatIsNoPublicKeyIsRefused(String json) {
        assertThat(PublicJwk.parse(json)).isEmpty();
    }

    @Test
    void e09Base64UrlHasOneSpelling() {
        Random seeded = new Random(1);
        for (int length = 0; length < 70; length++) {
            byte[] bytes = new byte[length];
            seeded.nextBytes(bytes);
            String text = Base64Url.encode(bytes);
            assertThat(text).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            assertThat(Base64Url.decode(text).orElseThrow()).isEqualTo(bytes);
            for (int i = 0; i < text.length(); i++) {
                for (char c : "Aa0-_=+/ \n.\u00e9".toCharArray()) {
                    String other = text.substring(0, i) + c + text.substring(i + 1);
                    boolean same = Base64Url.decode(other)
                            .map(read -> Arrays.equals(read, bytes))
                            .orElse(false);
                    assertThat(same).isEqualTo(other.equals(text));
                }
            }
            assertThat(Base64Url.decode(text + "=")).isEmpty();
        }
        assertThat(Base64Url.decode("A")).isEmpty();
        assertThat(Base64Url.decode("AB")).isEmpty();
        assertThat(Base64Url.decode("AAB")).isEmpty();
    }
}
