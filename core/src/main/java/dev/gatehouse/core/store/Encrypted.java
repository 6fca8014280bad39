package dev.gatehouse.core.store;

import java.util.Arrays;

/// Ciphertext. Bytes that only key custody can read.
public final class Encrypted {
    private final byte[] bytes;

    private Encrypted(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Wraps ciphertext.
    public static Encrypted of(byte[] bytes) {
        return new Encrypted(bytes.clone());
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encrypted encrypted && Arrays.equals(encrypted.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "[encrypted, " + bytes.length + " bytes]";
    }
}
