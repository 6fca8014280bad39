package dev.gatehouse.storage.feed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Standing;

/// What decisions need of a user.
///
/// @param organization its home
public record UserRow(Id id, Id organization, String username, Standing standing) {}
