package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.right.Role;
import java.util.Optional;

/// A membership and the ways up from it: to its user, to its role and to its organization.
record MembershipFact(
        Membership membership, Cell<UserFact> user, Optional<Cell<Role>> role, Cell<OrganizationFact> organization)
        implements HolderFact {}
