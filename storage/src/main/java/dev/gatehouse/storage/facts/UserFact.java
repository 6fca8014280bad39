package dev.gatehouse.storage.facts;

import dev.gatehouse.storage.feed.UserRow;

/// A user and the way up from its home.
record UserFact(UserRow user, Cell<OrganizationFact> home) implements HolderFact {}
