package dev.gatehouse.core.secret;

import java.util.Arrays;

/// A key that has to be read again to tell whether something was signed with it, so that no digest would do: its
/// ciphertext, which only key custody opens, in its own row.
public final class SealedKey implements Evidence {
    private final byte[] bytes;

    private SealedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Wraps ciphertext.
    public static SealedKey of(byte[] bytes) {
        return new SealedKey(bytes.clone());
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedKey key && Arrays.equals(key.bytes, bytes);
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
