package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Connections of organizations, and who renews their credentials. The verbs on standing are [MemberStore]'s,
/// which take every kind of member. A lease is one conditional write; everything under it says its fence, so that
/// whoever lost it changes nothing (GAUNTLET J09).
public interface ConnectionStore {
    /// The most connections of one organization that are not revoked.
    int MAX_CONNECTIONS = 1000;

    /// Adds a connection with its first credential. `Missing` without its organization, `Conflict` when that is
    /// revoked or has a connection of this name that is not, `Full` at [#MAX_CONNECTIONS].
    Stored<Connection> add(Connection connection, Encrypted sealed, Act act);

    /// Gives a connection that is still as it was read another credential, numbered one higher than `before`'s,
    /// and makes it live; whoever is renewing the one before comes too late. In the same write it says of it what
    /// `before` does. `Moved` when its version is another,
    /// `Conflict` when it is revoked.
    Stored<Connection> reconnect(Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt, Act act);

    /// Calls a connection that is still as it was read by this name, and says this of it. `Moved` when its
    /// version is another, `Conflict` when it is revoked, or when its organization has another of this name
    /// that is not.
    Stored<Connection> describe(Connection before, String name, String description, Act act);

    /// One connection.
    Optional<Connection> connection(Id id);

    /// The connections of one organization.
    Page<Connection> connections(Id organization, Slice slice);

    /// The same without those that are revoked.
    Page<Connection> unrevoked(Id organization, Slice slice);

    /// One connection with its credential, for whoever makes calls through it.
    Optional<SealedConnection> sealed(Id id);

    /// The same of the connection that an organization calls so and that is not revoked.
    Optional<SealedConnection> sealed(Id organization, String name);

    /// The connections of the whole installation with their credentials, in the order of ids, behind this one.
    List<SealedConnection> sealed(Optional<Id> after, int limit);

    /// Puts the same credential, encrypted anew, in the place of what is there. `Moved` when that is another one
    /// by now. Whoever is renewing it goes on.
    Stored<Connection> rewrap(SealedConnection before, Encrypted sealed, Act act);

    /// Leases the renewal of this credential until then and marks it as begun. `Moved` when another credential
    /// has taken its place; `Conflict` when it is leased, when it is too early, or when the connection is not
    /// live, held or revoked. Leaves no audit row.
    Stored<Lease> lease(Id connection, long credential, Instant until, Act act);

    /// Lengthens a lease. `Moved` when somebody else has it, or nobody. Leaves no audit row.
    Stored<Lease> renew(Lease lease, Instant until, Act act);

    /// Puts the credential that the platform gave in the place of the leased one, numbered one higher, and ends
    /// the lease; a connection that has been held meanwhile takes it too. Nobody renews it before this time.
    /// `Moved` when the lease is another's.
    Stored<Connection> commit(
            Lease lease, Encrypted sealed, Optional<Instant> tokenExpiresAt, Instant notBefore, Act act);

    /// Ends a lease under which nothing was obtained. Nobody tries again before this time. The first failure in a
    /// row leaves an audit row. `Moved` when the lease is another's.
    ///
    /// @param known whether it is known that the platform did nothing
    Stored<Connection> release(Lease lease, boolean known, Instant notBefore, String because, Act act);

    /// Ends a lease: the platform will never take this credential again, and somebody has to connect anew. The
    /// credential stays where it is. `Moved` when the lease is another's.
    Stored<Connection> refused(Lease lease, String because, Act act);
}
