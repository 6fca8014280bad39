package dev.gatehouse.core.member;

import java.time.Instant;
import java.util.Optional;

/// When something is valid: from `notBefore` (inclusive) until `expiresAt` (exclusive), each open when absent.
public record Window(Optional<Instant> notBefore, Optional<Instant> expiresAt) {
    /// No bound on either side.
    public static final Window ALWAYS = new Window(Optional.empty(), Optional.empty());

    /// A window that only ends.
    public static Window until(Instant end) {
        return new Window(Optional.empty(), Optional.of(end));
    }

    /// Whether the window has not begun.
    public boolean early(Instant now) {
        return notBefore.isPresent() && now.isBefore(notBefore.get());
    }

    /// Whether the window is over.
    public boolean over(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }
}
