package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;

/// A person. It belongs to one organization, its home, and acts where it has a [Membership]. What it is called
/// and what is known of it is personal data and never in the audit trail.
///
/// @param organization its home
/// @param username unique in the installation, because sign-in forms and Basic carry no organization; in the
///     spelling of [Usernames]
public record User(Id id, Id organization, String username, Profile profile, Standing standing, Instant createdAt) {
    /// The same, standing otherwise.
    public User with(Standing other) {
        return new User(id, organization, username, profile, other, createdAt);
    }
}
