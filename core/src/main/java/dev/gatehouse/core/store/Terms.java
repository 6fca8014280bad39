package dev.gatehouse.core.store;

import java.util.Optional;

/// What must hold for a change to be made.
///
/// @param version the version that the member has, for verbs on standing; the others take what the caller read
/// @param once that the same request has not had its effect yet, for every verb that is one transaction
public record Terms(Optional<Long> version, Optional<Once> once) {
    /// Nothing in particular.
    public static final Terms NONE = new Terms(Optional.empty(), Optional.empty());

    /// Only while the member still has this version.
    public static Terms version(long version) {
        return new Terms(Optional.of(version), Optional.empty());
    }

    /// These, and only once.
    public Terms and(Once other) {
        return new Terms(version, Optional.of(other));
    }

    /// Whether a member with this version is the one that the caller read.
    public boolean met(long found) {
        return version.isEmpty() || version.get() == found;
    }
}
