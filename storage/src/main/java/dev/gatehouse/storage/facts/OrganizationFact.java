package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Organization;
import java.util.Optional;

/// An organization and the way up from it; the root has none.
record OrganizationFact(Organization organization, Optional<Cell<OrganizationFact>> parent) {}
