package dev.gatehouse.oauth.jose;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

/// A signature key that was just drawn.
public final class NewKey {
    private static final int RSA_BITS = 2048;

    private final PublicJwk publicJwk;
    private final byte[] pkcs8;

    private NewKey(PublicJwk publicJwk, byte[] pkcs8) {
        this.publicJwk = publicJwk;
        this.pkcs8 = pkcs8;
    }

    /// Draws a key.
    public static NewKey draw(String keyId, SigningAlgorithm algorithm, CryptoProviders crypto, SecureRandom random) {
        try {
            KeyPairGenerator generator =
                    crypto.keyPairGenerator(Algorithm.of(algorithm).key());
            switch (algorithm) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
                case RS256, PS256 -> generator.initialize(RSA_BITS, random);
                case EDDSA -> {}
            }
            KeyPair pair = generator.generateKeyPair();
            return new NewKey(
                    PublicJwk.of(keyId, algorithm, pair.getPublic()),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes keys for " + algorithm, e);
        }
    }

    /// The public part.
    public PublicJwk publicJwk() {
        return publicJwk;
    }

    /// The private part, to be encrypted at once.
    public byte[] pkcs8() {
        return pkcs8.clone();
    }

    @Override
    public String toString() {
        return "[new key " + publicJwk.keyId() + "]";
    }
}
