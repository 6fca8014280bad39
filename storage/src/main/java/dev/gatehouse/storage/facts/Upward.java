package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import java.util.List;

/// Organizations that were read, and the roles that bound what others may do there.
record Upward(List<Organization> organizations, List<Role> roles) {}
