package dev.gatehouse.client;

import java.util.Objects;

/// A value that must not be printed by accident: an API key, a client secret, a token. Its `toString` is
/// redacted.
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// Wraps a secret.
    public static Secret of(String value) {
        return new Secret(value);
    }

    /// The value itself.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
