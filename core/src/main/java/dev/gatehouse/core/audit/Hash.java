package dev.gatehouse.core.audit;

import dev.gatehouse.core.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// SHA-256, and Merkle trees of it (RFC 9162 section 2.1.1).
final class Hash {
    static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Hash() {}

    static byte[] of(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Bytes of(String ascii) {
        return Bytes.of(of(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    /// The root over at least one leaf.
    static byte[] root(List<byte[]> leaves) {
        int size = leaves.size();
        if (size == 1) {
            return of(new byte[] {LEAF}, leaves.getFirst());
        }
        int split = Integer.highestOneBit(size - 1);
        return of(new byte[] {NODE}, root(leaves.subList(0, split)), root(leaves.subList(split, size)));
    }
}
