package dev.gatehouse.oauth.custody;

import dev.gatehouse.core.store.MacKey;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 under one key.
final class HmacKey implements MacKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 32;

    private final SecretKey key;

    private HmacKey(SecretKey key) {
        this.key = key;
    }

    static HmacKey of(byte[] raw) {
        if (raw.length < MIN_BYTES) {
            throw new IllegalArgumentException("a MAC key needs at least 32 bytes");
        }
        return new HmacKey(new SecretKeySpec(raw, ALGORITHM));
    }

    @Override
    public byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
