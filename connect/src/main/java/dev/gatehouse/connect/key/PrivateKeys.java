package dev.gatehouse.connect.key;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/// Private keys that customers gave, in PKCS#8 without a password (RFC 5958).
final class PrivateKeys {
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;
    private static final int P256_BITS = 256;

    private PrivateKeys() {}

    /// The one key of a text; empty when it is none, or an RSA key that is too short or too long.
    static Optional<PrivateKey> read(String pem) {
        return Pem.blocks("PRIVATE KEY", pem)
                .filter(blocks -> blocks.size() == 1)
                .flatMap(blocks -> key(blocks.getFirst()))
                .filter(PrivateKeys::longEnough);
    }

    private static Optional<PrivateKey> key(byte[] der) {
        for (String kind : KINDS) {
            try {
                return Optional.of(KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der)));
            } catch (InvalidKeySpecException e) {
                // It is none of this kind.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + kind, e);
            }
        }
        return Optional.empty();
    }

    private static boolean longEnough(PrivateKey key) {
        return !(key instanceof RSAPrivateKey rsa)
                || (rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                        && rsa.getModulus().bitLength() <= MOST_RSA_BITS);
    }

    /// Whether a key signs with this algorithm.
    static boolean signs(PrivateKey key, SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, PS256 -> key instanceof RSAPrivateKey;
            case ES256 ->
                key instanceof ECPrivateKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS;
            case EDDSA ->
                key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519");
        };
    }
}
