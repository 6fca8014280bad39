package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import java.util.List;
import java.util.Optional;

/// A credential and everything above it, read together in one moment.
///
/// @param chain the application's organization first, the root last
public record Members(Credential credential, Application application, Optional<Role> role, List<Organization> chain) {
    /// The organization that the application belongs to.
    public Organization organization() {
        return chain.getFirst();
    }
}
