package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.time.Instant;

/// What proves a member. Only the digest of the secret is kept; `hint` is what lists show of it (prefix and last
/// characters).
public record Credential(
        Id id,
        Id application,
        Id organization,
        CredentialKind kind,
        String name,
        String hint,
        Digest digest,
        Reach reach,
        Restrictions restrictions,
        Standing standing,
        Instant createdAt) {}
