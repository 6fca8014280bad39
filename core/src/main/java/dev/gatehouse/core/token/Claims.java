package dev.gatehouse.core.token;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;

/// What an access token says, whatever its format. Whole seconds.
///
/// @param id unique for each issue (`jti`)
/// @param api the one Api that it is for
/// @param subject the public name of who it stands for: the customer's id, or the `client_id` when an application
///     stands for itself (RFC 9068 section 2.2)
/// @param clientId the application it was issued to
/// @param scopes what was granted; the ceiling of what it may do, never the floor
/// @param firstIssuedAt when the first of the tokens was issued that this one was renewed from; the time of its
///     own issue when it was not renewed
public record Claims(
        Id id,
        Id api,
        String subject,
        String clientId,
        Lineage lineage,
        Scopes scopes,
        Instant issuedAt,
        Instant expiresAt,
        Instant firstIssuedAt) {
    /// One that was not renewed.
    public Claims(
            Id id,
            Id api,
            String subject,
            String clientId,
            Lineage lineage,
            Scopes scopes,
            Instant issuedAt,
            Instant expiresAt) {
        this(id, api, subject, clientId, lineage, scopes, issuedAt, expiresAt, issuedAt);
    }

    /// Whether it was renewed from another.
    public boolean renewed() {
        return firstIssuedAt.isBefore(issuedAt);
    }
}
