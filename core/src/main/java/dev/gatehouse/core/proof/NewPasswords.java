package dev.gatehouse.core.proof;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Secret;
import java.time.Instant;
import java.util.Optional;

/// Makes what is stored of a password. Slow on purpose, and bounded: not for the HTTP server's own threads.
public interface NewPasswords {
    /// The credential of a user's new password.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when too many passwords are being stretched
    Credential credential(Id id, User user, Secret password, Instant now);

    /// The credential of a password that another system has stretched, and which nobody has here.
    ///
    /// @param phc the PHC string with the hash; empty when it is none that a login could be checked against
    Optional<Credential> stretched(Id id, User user, Secret phc, Instant now);
}
