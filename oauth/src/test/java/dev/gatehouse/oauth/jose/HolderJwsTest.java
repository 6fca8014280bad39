package dev.gatehouse.oauth.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JWS that bring their own key, which may be anything (GAUNTLET F05).
class HolderJwsTest {
    private static final String TYPE = "dpop+jwt";
    private static final int MAX = 4096;
    private static final List<CryptoProviders> PROVIDERS = List.of(CryptoProviders.choose(), CryptoProviders.jdk());

    private static void good(JWSAlgorithm algorithm, JWK key, JWSSigner signer) throws JOSEException {
        JWSObject jws = new JWSObject(
                new JWSHeader.Builder(algorithm)
                        .type(new JOSEObjectType(TYPE))
                        .jwk(key.toPublicJWK())
                        .build(),
                new Payload("{}"));
        jws.sign(signer);
        HolderJws read = HolderJws.parse(jws.serialize(), TYPE, MAX).orElseThrow();
        for (CryptoProviders crypto : PROVIDERS) {
            assertThat(read.signed(crypto)).as(crypto.description()).isTrue();
        }
        char[] wrong = jws.serialize().toCharArray();
        int first = jws.serialize().lastIndexOf('.') + 1;
        wrong[first] = wrong[first] == 'A' ? 'B' : 'A';
        HolderJws.parse(new String(wrong), TYPE, MAX).ifPresent(other -> {
            for (CryptoProviders crypto : PROVIDERS) {
                assertThat(other.signed(crypto)).as(crypto.description()).isFalse();
            }
        });
    }

    @Test
    void keysOfAllKindsSign() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        good(JWSAlgorithm.RS256, rsa, new RSASSASigner(rsa));
        good(JWSAlgorithm.PS256, rsa, new RSASSASigner(rsa));
        ECKey p256 = new ECKeyGenerator(Curve.P_256).generate();
        good(JWSAlgorithm.ES256, p256, new ECDSASigner(p256));
        ECKey p521 = new ECKeyGenerator(Curve.P_521).generate();
        good(JWSAlgorithm.ES512, p521, new ECDSASigner(p521));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// y = 2 has no x, y = 0 is of small order, 2^255 - 1 is no member of the field.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "__________________________________________8"
            })
    void whatIsNoPointIsNoKey(String x) {
        String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}";
        String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"EdDSA\",\"jwk\":" + jwk + "}";
        String jws = text(header.getBytes(StandardCharsets.US_ASCII)) + "." + text(new byte[] {'{', '}'}) + "."
                + text(new byte[64]);
        assertThat(HolderJws.parse(jws, TYPE, MAX)).isEmpty();
    }

    /// Whatever passes the checks and not the provider, which may look at a key only when it uses it.
    @Test
    void aKeyThatNoProviderTakesHasSignedNothing() throws GeneralSecurityException {
        PublicKey off = Ed25519Point.key(Base64.getUrlDecoder().decode("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
                .orElseThrow();
        PublicKey even = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(2047), BigInteger.valueOf(65537)));
        for (CryptoProviders crypto : PROVIDERS) {
            assertThat(JwsVerifier.brought(Algorithm.EDDSA, off, crypto)
                            .filter(verifier -> verifier.verifies(new byte[] {1}, new byte[64])))
                    .isEmpty();
            for (Algorithm algorithm : List.of(Algorithm.RS256, Algorithm.PS256)) {
                byte[] signature = new byte[256];
                signature[255] = 1;
                assertThat(JwsVerifier.brought(algorithm, even, crypto)
                                .filter(verifier -> verifier.verifies(new byte[] {1}, signature)))
                        .isEmpty();
            }
        }
    }
}
