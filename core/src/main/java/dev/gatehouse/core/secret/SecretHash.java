package dev.gatehouse.core.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The SHA-256 of a random secret: enough to go on accepting one that another system handed out and kept only the
/// hash of. It is never stored: what is stored is its [Digest] under a pepper.
public final class SecretHash {
    static final int BYTES = 32;

    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The hash of a secret that is at hand.
    public static SecretHash of(Secret secret) {
        try {
            return new SecretHash(MessageDigest.getInstance("SHA-256").digest(secret.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// A hash from its 64 hexadecimal digits.
    public static Optional<SecretHash> parse(String hex) {
        return hex.matches("[0-9A-Fa-f]{" + 2 * BYTES + "}")
                ? Optional.of(new SecretHash(HexFormat.of().parseHex(hex)))
                : Optional.empty();
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "[hash of a secret]";
    }
}
