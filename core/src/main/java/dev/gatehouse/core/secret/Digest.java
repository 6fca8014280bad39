package dev.gatehouse.core.secret;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/// The stored proof of a random secret: HMAC-SHA-256 of its hash under one pepper of the list. Equality takes the
/// same time for every input.
public final class Digest implements Evidence {
    /// How long one is.
    public static final int BYTES = 32;

    // Four numbers take 16 bytes less than an array, in each of a million facts.
    private final int pepper;
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Digest(int pepper, LongBuffer bits) {
        this.pepper = pepper;
        this.first = bits.get();
        this.second = bits.get();
        this.third = bits.get();
        this.fourth = bits.get();
    }

    /// A digest made under the pepper with this id.
    ///
    /// @throws IllegalArgumentException when it is not of [#BYTES]
    public static Digest of(int pepper, byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes");
        }
        return new Digest(pepper, ByteBuffer.wrap(bytes).asLongBuffer());
    }

    /// The id of the pepper it was made under.
    public int pepper() {
        return pepper;
    }

    /// The digest's bytes, for storage.
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest
                && digest.pepper == pepper
                && ((digest.first ^ first)
                                | (digest.second ^ second)
                                | (digest.third ^ third)
                                | (digest.fourth ^ fourth))
                        == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first) * 31 + pepper;
    }

    @Override
    public String toString() {
        return "[digest under pepper " + pepper + "]";
    }
}
