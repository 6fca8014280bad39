package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Holder;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import java.util.List;
import java.util.Optional;

/// A credential and everything above it, read together in one moment.
///
/// @param credential as facts hold it: [Credential#lean()]
/// @param chain the organization that the holder acts in first, the root last
public record Members(Credential credential, Holder holder, Optional<Role> role, List<Organization> chain) {
    /// The organization that the holder acts in.
    public Organization organization() {
        return chain.getFirst();
    }
}
