package dev.gatehouse.oauth.jose;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Signs under one private key. Safe for any number of threads: a few initialised `Signature` objects are kept
/// and handed out, more are made when all are out.
public final class Signer {
    private static final int KEPT = 16;

    private final Algorithm algorithm;
    private final PrivateKey key;
    private final CryptoProviders crypto;
    private final BlockingQueue<Signature> idle = new ArrayBlockingQueue<>(KEPT);

    private Signer(Algorithm algorithm, PrivateKey key, CryptoProviders crypto) {
        this.algorithm = algorithm;
        this.key = key;
        this.crypto = crypto;
    }

    /// A signer from the private key's PKCS#8 bytes; empty when these are not a key of the algorithm.
    public static Optional<Signer> of(SigningAlgorithm algorithm, byte[] pkcs8, CryptoProviders crypto) {
        Algorithm names = Algorithm.of(algorithm);
        try {
            PrivateKey key = crypto.keyFactory(names.key()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            Signer signer = new Signer(names, key, crypto);
            signer.idle.add(signer.fresh());
            return Optional.of(signer);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /// The signature of some bytes, in the form that JWS uses (for ECDSA: r and s, 32 bytes each).
    byte[] sign(byte[] input) {
        try {
            Signature kept = idle.poll();
            Signature signature = kept == null ? fresh() : kept;
            signature.update(input);
            byte[] signed = signature.sign();
            var _ = idle.offer(signature);
            return signed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that signed before does not sign", e);
        }
    }

    private Signature fresh() throws GeneralSecurityException {
        Signature signature = algorithm.signature(crypto);
        signature.initSign(key);
        return signature;
    }

    @Override
    public String toString() {
        return "[" + algorithm.key() + " signer]";
    }
}
