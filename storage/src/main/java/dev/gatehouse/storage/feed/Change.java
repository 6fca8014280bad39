package dev.gatehouse.storage.feed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.time.Instant;
import java.util.Optional;

/// That something changed, not what it became: whoever holds a fact about it drops the fact and reads again.
///
/// * a new, held, lifted, cut, revoked or scheduled `ORGANIZATION`, `APPLICATION`, `CREDENTIAL`, `CUSTOMER`,
///   `USER`, `MEMBERSHIP` or `CONNECTION` is named itself, and a connection whose credential or health changed
/// * a new or revoked credential names its `APPLICATION` too, whose list of what proves it changed; a `USER` is
///   named with its password and its memberships, because its name leads to them
/// * a domain key that is new, replaced or revoked names every `API` too that it may be used at, whose pages
///   changed
/// * `API`, `ROLE` and `IDENTITY_PROVIDER` are named when they are added, replaced or deleted, `KEY` at every
///   step of its life, `TOKEN` when it entered the dead set
///
/// @param expiresAt when a `TOKEN` would have ended by itself, where that is known. It never changes, so it is
///     not a fact that a newer change could contradict
public record Change(Kind kind, long id, Optional<Instant> expiresAt) {
    /// The change of anything but a token.
    public Change(Kind kind, long id) {
        this(kind, id, Optional.empty());
    }

    /// The change of one thing.
    public static Change of(Id id) {
        return new Change(id.kind(), id.value());
    }

    /// A token that entered the dead set.
    public static Change ended(Id token, Instant expiresAt) {
        return new Change(token.kind(), token.value(), Optional.of(expiresAt));
    }

    /// What changed.
    public Id named() {
        return new Id(kind, id);
    }
}
