package dev.gatehouse.core.audit;

import dev.gatehouse.core.store.AuditSeal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The public keys that seals may be signed by (ES256), by their ids. Whoever checks has them from a place that
/// who could alter the trail cannot reach.
public record SealKeys(Map<String, PublicKey> byId) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /// Keeps a copy.
    public SealKeys {
        byId = Map.copyOf(byId);
    }

    /// Whether the seal's signature is of exactly what the seal says, under one of these keys. The JWS has one
    /// spelling for each seal and key, so that not one bit of it is free.
    boolean signed(AuditSeal seal) {
        String signature = seal.signature();
        int mark = signature.lastIndexOf('.');
        if (mark < 0) {
            return false;
        }
        String input = signature.substring(0, mark);
        return decoded(signature.substring(mark + 1))
                .map(raw -> byId.entrySet().stream()
                        .anyMatch(
                                key -> input.equals(input(key.getKey(), seal)) && verifies(key.getValue(), input, raw)))
                .orElse(false);
    }

    private static String input(String keyId, AuditSeal seal) {
        String header = "{\"alg\":\"ES256\",\"typ\":\"" + Seals.TYPE + "\",\"kid\":\"" + keyId + "\"}";
        return BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + BASE64.encodeToString(Seals.statement(seal));
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            byte[] raw = Base64.getUrlDecoder().decode(text);
            return BASE64.encodeToString(raw).equals(text) ? Optional.of(raw) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean verifies(PublicKey key, String input, byte[] raw) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(raw);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key for ES256", e);
        }
    }
}
