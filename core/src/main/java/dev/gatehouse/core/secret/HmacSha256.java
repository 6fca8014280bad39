package dev.gatehouse.core.secret;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 (RFC 2104) under one key. Each use starts from a copy of the same prepared state, because finding a
/// provider and setting the key costs as much as the MAC of a short text. Safe for many threads.
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prepared;

    private HmacSha256(Mac prepared) {
        this.prepared = prepared;
    }

    /// A MAC under a key of raw bytes.
    public static HmacSha256 under(byte[] raw) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(raw, ALGORITHM));
            return new HmacSha256(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// The 32 bytes for a text.
    public byte[] mac(byte[] text) {
        return mac(parts -> parts.add(text, 0, text.length));
    }

    /// The 32 bytes for a text that is never in memory as a whole.
    ///
    /// @param text tells its parts, in their order
    public byte[] mac(Consumer<Parts> text) {
        Mac mac = copy();
        text.accept(mac::update);
        return mac.doFinal();
    }

    /// Takes a part of a text.
    @FunctionalInterface
    public interface Parts {
        /// These bytes, which may be others afterwards.
        void add(byte[] bytes, int from, int length);
    }

    private Mac copy() {
        try {
            return (Mac) prepared.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the MAC of every JDK can be copied", e);
        }
    }

    @Override
    public String toString() {
        return "[key]";
    }
}
