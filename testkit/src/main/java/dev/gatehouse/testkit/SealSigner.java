package dev.gatehouse.testkit;

import dev.gatehouse.core.audit.SealKeys;
import dev.gatehouse.core.audit.Seals;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/// A key that signs seals, and its public half.
public record SealSigner(String keyId, KeyPair pair) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /// A fresh key.
    public static SealSigner fresh(String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SealSigner(keyId, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /// What a checker has.
    public SealKeys keys() {
        return new SealKeys(Map.of(keyId, pair.getPublic()));
    }

    /// A compact JWS.
    public String sign(byte[] payload) {
        String header = "{\"alg\":\"ES256\",\"typ\":\"" + Seals.TYPE + "\",\"kid\":\"" + keyId + "\"}";
        String input = encoded(header.getBytes(StandardCharsets.UTF_8)) + '.' + encoded(payload);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ES256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
