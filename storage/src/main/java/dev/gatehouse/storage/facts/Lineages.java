package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.feed.UserRow;
import java.util.List;

/// What was read of all that is above some credentials: the parts that were not in memory.
record Lineages(
        List<Application> applications,
        List<Membership> memberships,
        List<UserRow> users,
        List<Role> roles,
        List<Organization> organizations) {}
