package dev.gatehouse.core.secret;

import java.security.MessageDigest;
import java.util.Arrays;

/// The stored proof of a random secret: HMAC-SHA-256 of its hash under one pepper of the list. Equality takes the same
/// time for every input.
public final class Digest {
    private final int pepper;
    private final byte[] bytes;

    private Digest(int pepper, byte[] bytes) {
        this.pepper = pepper;
        this.bytes = bytes;
    }

    /// A digest made under the pepper with this id.
    public static Digest of(int pepper, byte[] bytes) {
        return new Digest(pepper, bytes.clone());
    }

    /// The id of the pepper it was made under.
    public int pepper() {
        return pepper;
    }

    /// A copy of the digest's bytes, for storage.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && digest.pepper == pepper && MessageDigest.isEqual(digest.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + pepper;
    }

    @Override
    public String toString() {
        return "[digest under pepper " + pepper + "]";
    }
}
