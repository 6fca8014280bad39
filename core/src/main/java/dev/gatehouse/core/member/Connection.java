package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// What an organization has at a platform of somebody else's. Its credential is not part of it: nobody reads that
/// again.
///
/// @param platform the type of the platform, as the catalogue spells it
/// @param name the organization's own name for it, unique there among those that are not revoked
/// @param description what the organization says of it, empty where it says nothing
/// @param credential counts the credentials that it has had, beginning with [#FIRST]: what was made under one
///     does not open under another
/// @param tokenExpiresAt when its access token ends, where that is known
/// @param changedAt when it was last given another credential, name or description; renewing it changes nothing
public record Connection(
        Id id,
        Id organization,
        String platform,
        ConnectionKind kind,
        String name,
        String description,
        Health health,
        long credential,
        Optional<Instant> tokenExpiresAt,
        Standing standing,
        Instant createdAt,
        Instant changedAt) {
    /// The number of the first credential.
    public static final long FIRST = 1;

    /// The longest description.
    public static final int MAX_DESCRIPTION = 1000;

    /// One as it is made: its credential works, and nobody knows until when.
    ///
    /// @param description empty where nothing is said
    public Connection(
            Id id,
            Id organization,
            String platform,
            ConnectionKind kind,
            String name,
            String description,
            Standing standing,
            Instant createdAt) {
        this(
                id,
                organization,
                platform,
                kind,
                name,
                description,
                Health.LIVE,
                FIRST,
                Optional.empty(),
                standing,
                createdAt,
                createdAt);
    }

    /// Whether the platform takes its credential.
    public enum Health {
        /// As far as anybody knows.
        LIVE,
        /// No more: somebody has to connect again.
        NEEDS_REAUTH
    }

    /// The same, standing elsewhere.
    public Connection with(Standing other) {
        return of(name, description, health, credential, tokenExpiresAt, other, changedAt);
    }

    /// The same after another write.
    public Connection written(Health nowHealth, long nowCredential, Optional<Instant> expires) {
        Standing next = new Standing(
                standing.holds(), standing.revoked(), standing.generation(), standing.window(), standing.version() + 1);
        return of(name, description, nowHealth, nowCredential, expires, next, changedAt);
    }

    /// The same called and described so then, written.
    public Connection described(String nowName, String text, Instant at) {
        Standing next = written(health, credential, tokenExpiresAt).standing();
        return of(nowName, text, health, credential, tokenExpiresAt, next, at);
    }

    /// The same, changed then.
    public Connection changed(Instant at) {
        return of(name, description, health, credential, tokenExpiresAt, standing, at);
    }

    /// The same of which this is said, before that is written.
    public Connection saying(String text) {
        return of(name, text, health, credential, tokenExpiresAt, standing, changedAt);
    }

    /// The same whose access token ends then.
    public Connection until(Optional<Instant> end) {
        return of(name, description, health, credential, end, standing, changedAt);
    }

    private Connection of(
            String nowName,
            String text,
            Health nowHealth,
            long nowCredential,
            Optional<Instant> expires,
            Standing next,
            Instant at) {
        return new Connection(
                id,
                organization,
                platform,
                kind,
                nowName,
                text,
                nowHealth,
                nowCredential,
                expires,
                next,
                createdAt,
                at);
    }
}
