package dev.gatehouse.oauth.jose;

import dev.gatehouse.core.api.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// Verifies signatures under one public key, whose algorithm is fixed by the key and never by a token.
public final class JwsVerifier {
    private final SigningAlgorithm algorithm;
    private final PublicKey key;
    private final int rsaLength;
    private final CryptoProviders crypto;

    private JwsVerifier(SigningAlgorithm algorithm, PublicKey key, int rsaLength, CryptoProviders crypto) {
        this.algorithm = algorithm;
        this.key = key;
        this.rsaLength = rsaLength;
        this.crypto = crypto;
    }

    /// A verifier under the key of a JWK.
    public static JwsVerifier of(PublicJwk jwk, CryptoProviders crypto) {
        PublicKey key = jwk.key();
        int rsaLength = key instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : 0;
        try {
            PublicKey own = crypto.keyFactory(Algorithm.of(jwk.algorithm()).key())
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
            return new JwsVerifier(jwk.algorithm(), own, rsaLength, crypto);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checked public key is not usable", e);
        }
    }

    /// The one algorithm of the key.
    SigningAlgorithm algorithm() {
        return algorithm;
    }

    /// Whether the signature is right.
    boolean verifies(byte[] input, byte[] signed) {
        if (!Algorithm.plausible(algorithm, signed, rsaLength)) {
            return false;
        }
        try {
            Signature signature = crypto.signature(Algorithm.of(algorithm).signature());
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that verified before does not verify", e);
        }
    }
}
