package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A customer of the provider. Organizations form a tree whose root is the provider itself (the only one without
/// a parent).
///
/// @param firstKey what those right below it begin with
/// @param access what applications of those above it may do here at most, and below
/// @param secondFactor whether people act in it with a second factor only (ADR 0032); not said of those below it
/// @param defaultRole what applications and members get whose maker names no role
public record Organization(
        Id id,
        Optional<Id> parent,
        String name,
        Standing standing,
        Instant createdAt,
        Optional<FirstKey> firstKey,
        List<Access> access,
        boolean secondFactor,
        DefaultRole defaultRole) {
    /// How deep the tree may grow, the root included. Every request walks the chain, so it is bounded.
    public static final int MAX_DEPTH = 8;

    /// Keeps a copy, and one entry for each application from each organization above.
    public Organization {
        access = List.copyOf(access);
        if (access.size() > Access.MOST || Access.twice(access)) {
            throw new IllegalArgumentException(
                    "an organization says once what an application may do, and " + Access.MOST + " things are said");
        }
    }

    /// One where those of above may do what they may do anywhere.
    public Organization(
            Id id,
            Optional<Id> parent,
            String name,
            Standing standing,
            Instant createdAt,
            Optional<FirstKey> firstKey) {
        this(id, parent, name, standing, createdAt, firstKey, List.of(), false, new DefaultRole.Above());
    }

    /// One whose children begin with nothing.
    public Organization(Id id, Optional<Id> parent, String name, Standing standing, Instant createdAt) {
        this(id, parent, name, standing, createdAt, Optional.empty());
    }

    /// Whether this is the provider.
    public boolean root() {
        return parent.isEmpty();
    }

    /// The same, standing otherwise.
    public Organization with(Standing other) {
        return new Organization(id, parent, name, other, createdAt, firstKey, access, secondFactor, defaultRole);
    }

    /// The same, with this said of second factors.
    public Organization needing(boolean second) {
        return new Organization(id, parent, name, standing, createdAt, firstKey, access, second, defaultRole);
    }

    /// The same, with this said of roles.
    public Organization saying(DefaultRole role) {
        return new Organization(id, parent, name, standing, createdAt, firstKey, access, secondFactor, role);
    }

    /// The same with other access.
    public Organization with(List<Access> other) {
        return new Organization(id, parent, name, standing, createdAt, firstKey, other, secondFactor, defaultRole);
    }
}
