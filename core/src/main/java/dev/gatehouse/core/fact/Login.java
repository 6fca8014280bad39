package dev.gatehouse.core.fact;

import dev.gatehouse.core.id.Id;
import java.util.Map;
import java.util.Optional;

/// What a username leads to.
///
/// @param home the user's home organization
/// @param password the credential that is its password, when it has one
/// @param memberships those that are not revoked, by organization
public record Login(Id user, Id home, Optional<Id> password, Map<Id, Id> memberships) {
    /// Keeps a copy.
    public Login {
        memberships = Map.copyOf(memberships);
    }

    /// The membership to act by: in the organization that is named, in the user's home when none is.
    public Optional<Id> membership(Optional<Id> organization) {
        return Optional.ofNullable(memberships.get(organization.orElse(home)));
    }
}
