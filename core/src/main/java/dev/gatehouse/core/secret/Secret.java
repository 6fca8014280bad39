package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;

/// A value that must never be printed: keys as presented, client secrets, passwords. Its `toString` is redacted,
/// so that a log line, an exception message or a record that holds one leaks nothing. [#reveal()] is the only way
/// out and is easy to search for.
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// Wraps a secret the moment it is read or drawn.
    public static Secret of(String value) {
        return new Secret(value);
    }

    /// The value itself, for hashing it or for showing it once to its owner.
    public String reveal() {
        return value;
    }

    /// The value's UTF-8 bytes.
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
