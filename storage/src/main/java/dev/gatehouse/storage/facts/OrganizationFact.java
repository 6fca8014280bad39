package dev.gatehouse.storage.facts;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An organization and the way up from it; the root has none.
///
/// @param roles that bound what others may do there
record OrganizationFact(Organization organization, Optional<Cell<OrganizationFact>> parent, Map<Id, Cell<Role>> roles) {
    /// The organization with the rights of these roles; empty when one of them has to be read.
    Optional<Organization> resolved() {
        if (roles.isEmpty()) {
            return Optional.of(organization);
        }
        List<Access> access = new ArrayList<>();
        for (Access one : organization.access()) {
            if (one.role().isEmpty()) {
                access.add(one);
                continue;
            }
            Optional<Role> role = one.role()
                    .flatMap(id -> Optional.ofNullable(roles.get(id)))
                    .flatMap(cell -> Optional.ofNullable(cell.value()));
            if (role.isEmpty()) {
                return Optional.empty();
            }
            access.add(one.of(role.get().rights()));
        }
        return Optional.of(organization.with(access));
    }
}
