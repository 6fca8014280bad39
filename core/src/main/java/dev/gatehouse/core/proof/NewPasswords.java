package dev.gatehouse.core.proof;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Secret;
import java.time.Instant;

/// Makes what is stored of a password. Slow on purpose, and bounded: not for the HTTP server's own threads.
public interface NewPasswords {
    /// The credential of a user's new password.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when too many passwords are being stretched
    Credential credential(Id id, User user, Secret password, Instant now);
}
