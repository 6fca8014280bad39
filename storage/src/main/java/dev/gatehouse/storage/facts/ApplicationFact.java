package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Role;
import java.util.Optional;

/// An application and the ways up from it.
record ApplicationFact(Application application, Optional<Cell<Role>> role, Cell<OrganizationFact> organization)
        implements HolderFact {}
