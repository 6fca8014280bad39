package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.Optional;

/// What proves a member. Only the digest of the secret is kept; `hint` is what lists show of it (prefix and last
/// characters).
///
/// @param holder whose it is: an application, a user (its password, which proves it wherever it is a member), or
///     one membership of a user (a key that acts as that member)
/// @param organization the holder's; a user's home
/// @param stretch how a password is stretched before its digest is made: algorithm, parameters and salt as a PHC
///     string; a secret that was drawn has none
public record Credential(
        Id id,
        Id holder,
        Id organization,
        CredentialKind kind,
        String name,
        String hint,
        Digest digest,
        Optional<String> stretch,
        Reach reach,
        Restrictions restrictions,
        Standing standing,
        Instant createdAt) {
    /// One whose secret was drawn, or given by a machine.
    public Credential(
            Id id,
            Id holder,
            Id organization,
            CredentialKind kind,
            String name,
            String hint,
            Digest digest,
            Reach reach,
            Restrictions restrictions,
            Standing standing,
            Instant createdAt) {
        this(
                id,
                holder,
                organization,
                kind,
                name,
                hint,
                digest,
                Optional.empty(),
                reach,
                restrictions,
                standing,
                createdAt);
    }

    /// What facts hold of it: all that decisions rest on, and nothing that only lists show. Of a million in
    /// memory the rest would be a third.
    public Credential lean() {
        return new Credential(
                id, holder, organization, kind, "", "", digest, stretch, reach, restrictions, standing, Instant.EPOCH);
    }

    /// The same, standing otherwise.
    public Credential with(Standing other) {
        return new Credential(
                id, holder, organization, kind, name, hint, digest, stretch, reach, restrictions, other, createdAt);
    }

    /// The same with what replacing may change.
    public Credential with(String name, Reach reach, Restrictions restrictions, Standing standing) {
        return new Credential(
                id, holder, organization, kind, name, hint, digest, stretch, reach, restrictions, standing, createdAt);
    }
}
