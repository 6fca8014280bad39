package dev.gatehouse.oauth.jose;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/// Verifies signatures under one public key, whose algorithm is fixed by the key and never by a token.
public final class JwsVerifier {
    private final Algorithm algorithm;
    private final PublicKey key;
    private final int rsaLength;
    private final CryptoProviders crypto;

    private JwsVerifier(Algorithm algorithm, PublicKey key, int rsaLength, CryptoProviders crypto) {
        this.algorithm = algorithm;
        this.key = key;
        this.rsaLength = rsaLength;
        this.crypto = crypto;
    }

    /// A verifier under the key of a JWK.
    public static JwsVerifier of(PublicJwk jwk, CryptoProviders crypto) {
        return of(Algorithm.of(jwk.algorithm()), jwk.key(), crypto);
    }

    /// A verifier of one algorithm under a key that was checked.
    static JwsVerifier of(Algorithm algorithm, PublicKey key, CryptoProviders crypto) {
        return brought(algorithm, key, crypto)
                .orElseThrow(() -> new IllegalStateException("a checked public key is not usable"));
    }

    /// A verifier under a key that anybody may have made up. Empty when the provider refuses what passed our checks.
    static Optional<JwsVerifier> brought(Algorithm algorithm, PublicKey key, CryptoProviders crypto) {
        int rsaLength = key instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : 0;
        try {
            PublicKey own = crypto.keyFactory(algorithm.key()).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
            return Optional.of(new JwsVerifier(algorithm, own, rsaLength, crypto));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no " + algorithm.key(), e);
        }
    }

    /// Whether it is for what a header names.
    boolean answers(String alg) {
        return algorithm.named(alg);
    }

    /// Whether the signature is right. A key that is none has signed nothing: some providers look at it only here.
    boolean verifies(byte[] input, byte[] signed) {
        if (!algorithm.plausible(signed, rsaLength)) {
            return false;
        }
        try {
            Signature signature = algorithm.signature(crypto);
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(signed);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that verified before does not verify", e);
        }
    }
}
