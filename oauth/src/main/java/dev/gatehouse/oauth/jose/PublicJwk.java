package dev.gatehouse.oauth.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A public signature key as a JWK (RFC 7517), with the key it stands for. Only keys that [WeakKeys] lets pass.
///
/// @param json the JWK, ready to be stored
/// @param thumbprint RFC 7638, SHA-256: names the key material whatever the spelling of the JWK
public record PublicJwk(
        String keyId,
        SigningAlgorithm algorithm,
        PublicKey key,
        String json,
        Map<String, Object> members,
        String thumbprint) {

    /// Describes a public key.
    static PublicJwk of(String keyId, SigningAlgorithm algorithm, PublicKey key) {
        JWK jwk = switch (algorithm) {
            case ES256 ->
                new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
                        .keyID(keyId)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .build();
            case RS256, PS256 ->
                new RSAKey.Builder((RSAPublicKey) key)
                        .keyID(keyId)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.parse(algorithm.wire()))
                        .build();
            case EDDSA ->
                new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519Point.encoded(key)))
                        .keyID(keyId)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.EdDSA)
                        .build();
        };
        return described(keyId, algorithm, key, jwk);
    }

    /// Reads a stored JWK. Empty when it is not a public key of a known algorithm or is weak (GAUNTLET E09).
    public static Optional<PublicJwk> parse(String json) {
        if (StrictJson.object(json.getBytes(StandardCharsets.UTF_8)).isEmpty()) {
            return Optional.empty();
        }
        try {
            JWK jwk = JWK.parse(json);
            Optional<SigningAlgorithm> algorithm = algorithm(jwk);
            if (algorithm.isEmpty() || jwk.getKeyID() == null || jwk.isPrivate()) {
                return Optional.empty();
            }
            return key(jwk, algorithm.get())
                    .filter(key -> !WeakKeys.weak(key))
                    .map(key -> described(jwk.getKeyID(), algorithm.get(), key, jwk));
        } catch (ParseException | IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<SigningAlgorithm> algorithm(JWK jwk) {
        return jwk.getAlgorithm() == null
                ? Optional.empty()
                : Arrays.stream(SigningAlgorithm.values())
                        .filter(known -> known.wire().equals(jwk.getAlgorithm().getName()))
                        .findFirst();
    }

    private static Optional<PublicKey> key(JWK jwk, SigningAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case ES256 ->
                    jwk instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)
                            ? Optional.of(ec.toECPublicKey())
                            : Optional.empty();
                case RS256, PS256 -> jwk instanceof RSAKey rsa ? Optional.of(rsa.toRSAPublicKey()) : Optional.empty();
                case EDDSA ->
                    jwk instanceof OctetKeyPair okp && okp.getCurve().equals(Curve.Ed25519)
                            ? Ed25519Point.key(okp.getX().decode())
                            : Optional.empty();
            };
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    private static PublicJwk described(String keyId, SigningAlgorithm algorithm, PublicKey key, JWK jwk) {
        try {
            String thumbprint = jwk.computeThumbprint().toString();
            return new PublicJwk(
                    keyId, algorithm, key, jwk.toJSONString(), new TreeMap<>(jwk.toJSONObject()), thumbprint);
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
