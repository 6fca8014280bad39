package dev.gatehouse.core.store;

import java.util.Optional;

/// What must hold for a change to be made.
///
/// @param version the version that the member has, for verbs on standing; the others take what the caller read
/// @param once that the same request has not had its effect yet, for every verb that is one transaction
/// @param format that no node of a release before this one is serving or may come back, for every verb that is one
///     transaction: such a node would go on as if nobody had said anything
public record Terms(Optional<Long> version, Optional<Once> once, Optional<Long> format) {
    /// Nothing in particular.
    public static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), Optional.empty());

    /// Only while the member still has this version.
    public static Terms version(long version) {
        return new Terms(Optional.of(version), Optional.empty(), Optional.empty());
    }

    /// These, and only once.
    public Terms and(Once other) {
        return new Terms(version, Optional.of(other), format);
    }

    /// These, and only when all nodes know what came with a format.
    public Terms whenAllKnow(long other) {
        return new Terms(version, once, Optional.of(other));
    }

    /// Whether a member with this version is the one that the caller read.
    public boolean met(long found) {
        return version.isEmpty() || version.get() == found;
    }
}
