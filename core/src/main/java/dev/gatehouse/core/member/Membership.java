package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// A user in an organization with a role. A user has at most one in each organization that is not revoked; to
/// hold or revoke it takes nothing from the user elsewhere.
///
/// @param role what the user may do there at most; without a role it may do nothing
public record Membership(Id id, Id user, Id organization, Optional<Id> role, Standing standing, Instant createdAt) {
    /// The same, standing otherwise.
    public Membership with(Standing other) {
        return new Membership(id, user, organization, role, other, createdAt);
    }
}
