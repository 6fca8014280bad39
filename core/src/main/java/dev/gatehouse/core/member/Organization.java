package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// A customer of the provider. Organizations form a tree whose root is the provider itself (the only one without
/// a parent).
///
/// @param firstKey what those right below it begin with
public record Organization(
        Id id, Optional<Id> parent, String name, Standing standing, Instant createdAt, Optional<FirstKey> firstKey) {
    /// How deep the tree may grow, the root included. Every request walks the chain, so it is bounded.
    public static final int MAX_DEPTH = 8;

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
        return new Organization(id, parent, name, other, createdAt, firstKey);
    }
}
