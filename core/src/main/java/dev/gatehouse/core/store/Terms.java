package dev.gatehouse.core.store;

import java.util.Optional;

/// What must hold for a change to be made.
///
/// @param version the version that the member has, for verbs on standing; the others take what the caller read
public record Terms(Optional<Long> version) {
    /// Nothing in particular.
    public static final Terms NONE = new Terms(Optional.empty());

    /// Only while the member still has this version.
    public static Terms version(long version) {
        return new Terms(Optional.of(version));
    }

    /// Whether a member with this version is the one that the caller read.
    public boolean met(long found) {
        return version.isEmpty() || version.get() == found;
    }
}
