package dev.gatehouse.server;

import dev.gatehouse.oauth.jose.CryptoProviders;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/// A key on P-256 for samples, drawn and used by what makes the node's own signatures: the JDK's arithmetic takes a
/// tenth of a second for its first key.
public record SampleKey(KeyPair keys) {
    /// Draws one.
    public static SampleKey draw() {
        try {
            KeyPairGenerator generator = CryptoProviders.choose().keyPairGenerator("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SampleKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes keys on P-256", e);
        }
    }

    /// Its signature on the SHA-256 of some bytes, in the form of RFC 3279 section 2.2.3.
    public byte[] sign(byte[] content) {
        try {
            Signature signature = CryptoProviders.choose().signature("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with keys on P-256", e);
        }
    }
}
