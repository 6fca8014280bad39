package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Secret;

/// Who is told the secrets that the server draws. Each is told at once, before anything else is done: nobody can
/// ask for it again.
@FunctionalInterface
public interface DrawnSecrets {
    /// One secret, and what it opens.
    void drawn(Credential credential, Secret secret);

    /// A credential with a drawn secret.
    ///
    /// @param organization its path, `/` for the caller's own
    /// @param application its name, or the username of the member
    /// @param clientId empty where it is a member's
    record Credential(String organization, String application, String clientId, String name, String kind, String id) {}
}
