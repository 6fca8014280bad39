package dev.gatehouse.core.member;

import java.time.Instant;
import java.util.Set;

/// Where a member stands. Holds, revocation, window and generation are independent of each other: a
/// hold and its lifting never touch the generation, so lifting brings back exactly what was there;
/// `cut` raises the generation and nothing else.
///
/// @param holds why it is suspended; empty is active
/// @param revoked terminal: it never comes back
/// @param generation what was issued below an older generation is dead
/// @param window when it is valid
/// @param version counts the writes to the row, for conditional updates
public record Standing(Set<Hold> holds, boolean revoked, long generation, Window window, long version) {
    /// A new member: active, always valid, first generation.
    public static final Standing FRESH = new Standing(Set.of(), false, 0, Window.ALWAYS, 0);

    /// A new member with a window.
    public static Standing within(Window window) {
        return new Standing(Set.of(), false, 0, window, 0);
    }

    /// Whether it may act, as far as that is up to itself.
    public boolean active(Instant now) {
        return !revoked && holds.isEmpty() && !window.early(now) && !window.over(now);
    }
}
