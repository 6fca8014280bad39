package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import java.util.List;

/// What was read for some credentials: they themselves, and of what is above them the parts that were not in
/// memory.
record Lineages(
        List<Credential> credentials,
        List<Application> applications,
        List<Role> roles,
        List<Organization> organizations) {}
