package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.Optional;

/// Renewing credentials of connections in SQL: the lease, and what ends it.
///
/// @param calls writes on the lane of calls
record Renewals(Writes calls) {
    private static final String UNDER_LEASE =
            " WHERE id = ? AND fence = ? AND credential = ? AND NOT revoked RETURNING ";

    /// On the right of an assignment stands what was before: `lost` becomes the mark that an earlier attempt
    /// left.
    Stored<Lease> lease(Id connection, long credential, Instant until, Act act) {
        return calls.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            long now = Micros.of(act.at());
            Optional<Lease> lease = session.one(
                    "UPDATE connection SET fence = fence + 1, leased_until = ?, lost = begun, begun = TRUE"
                            + " WHERE id = ? AND credential = ? AND health = 'live' AND holds = 0 AND NOT revoked"
                            + " AND (leased_until IS NULL OR leased_until <= ?)"
                            + " AND (retry_at IS NULL OR retry_at <= ?) RETURNING fence, lost",
                    row -> new Lease(connection, row.number("fence"), credential, row.flag("lost")),
                    Micros.of(until),
                    Ids.of(connection),
                    credential,
                    now,
                    now);
            if (lease.isPresent()) {
                return new Stored.Done<>(lease.get());
            }
            Optional<Connection> found = SqlConnections.one(session, connection);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            return found.get().credential() == credential
                    ? new Stored.Conflict<>("it is being renewed, it is too early, or it is not live")
                    : new Stored.Moved<>();
        });
    }

    Stored<Lease> renew(Lease lease, Instant until, Act act) {
        return calls.run(Writes.Effect.WIDENS, act, transaction -> {
            int renewed = transaction
                    .session()
                    .update(
                            "UPDATE connection SET leased_until = ?"
                                    + " WHERE id = ? AND fence = ? AND credential = ? AND leased_until IS NOT NULL",
                            Micros.of(until),
                            Ids.of(lease.connection()),
                            lease.fence(),
                            lease.credential());
            return renewed == 1 ? new Stored.Done<>(lease) : new Stored.Moved<>();
        });
    }

    Stored<Connection> commit(
            Lease lease, Encrypted sealed, Optional<Instant> tokenExpiresAt, Instant notBefore, Act act) {
        return calls.run(Writes.Effect.WIDENS, act, transaction -> {
            boolean broken = failed(transaction.session(), lease.connection());
            return under(
                    transaction,
                    lease,
                    "connection.refresh",
                    "sealed = ?, credential = credential + 1, token_expires_at = ?, health = 'live',"
                            + " leased_until = NULL, begun = FALSE, lost = FALSE, retry_at = ?, failures = 0,"
                            + " version = version + 1",
                    Detail.of("credential", lease.credential() + 1)
                            .with("lost_before", lease.lost())
                            .with("recovered", broken),
                    broken ? Optional.of(ConnectionEvent.Type.RECOVERED) : Optional.empty(),
                    "",
                    sealed.bytes(),
                    Session.number(tokenExpiresAt.map(Micros::of)),
                    Micros.of(notBefore));
        });
    }

    /// Whether somebody was told that a connection does not work. Only whoever has the lease changes that, and
    /// what comes next is written under the lease alone, so that the row is not locked for it.
    private static boolean failed(Session session, Id connection) {
        return session.one(
                        "SELECT failures FROM connection WHERE id = ?",
                        row -> row.number("failures") > 0,
                        Ids.of(connection))
                .orElse(false);
    }

    Stored<Connection> release(Lease lease, boolean known, Instant notBefore, String because, Act act) {
        return calls.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<SealedConnection> changed = session.one(
                    "UPDATE connection SET leased_until = NULL, begun = (lost OR ?), retry_at = ?,"
                            + " failures = failures + 1" + UNDER_LEASE + ConnectionColumns.SEALED,
                    ConnectionColumns::sealed,
                    !known,
                    Micros.of(notBefore),
                    Ids.of(lease.connection()),
                    lease.fence(),
                    lease.credential());
            if (changed.isEmpty()) {
                return SqlConnections.why(session, lease.connection());
            }
            Connection connection = changed.get().connection();
            if (changed.get().renewal().failures() != 1) {
                return new Stored.Done<>(connection);
            }
            SqlConnectionEvents.happened(transaction, connection, ConnectionEvent.Type.FAILING, because);
            return SqlConnections.recorded(
                    transaction, "connection.failing", connection, Detail.of("because", because));
        });
    }

    Stored<Connection> refused(Lease lease, String because, Act act) {
        return calls.run(
                Writes.Effect.WIDENS,
                act,
                transaction -> under(
                        transaction,
                        lease,
                        "connection.needs_reauth",
                        "health = 'needs_reauth', leased_until = NULL, begun = FALSE, version = version + 1",
                        Detail.of("because", because).with("lost_before", lease.lost()),
                        Optional.of(ConnectionEvent.Type.NEEDS_REAUTH),
                        because));
    }

    private static Stored<Connection> under(
            Transaction transaction,
            Lease lease,
            String verb,
            String set,
            Detail detail,
            Optional<ConnectionEvent.Type> event,
            String because,
            Object... values) {
        Session session = transaction.session();
        Object[] parameters = new Object[values.length + 3];
        System.arraycopy(values, 0, parameters, 0, values.length);
        parameters[values.length] = Ids.of(lease.connection());
        parameters[values.length + 1] = lease.fence();
        parameters[values.length + 2] = lease.credential();
        Optional<Connection> changed = session.one(
                "UPDATE connection SET " + set + UNDER_LEASE + ConnectionColumns.CONNECTION,
                ConnectionColumns::connection,
                parameters);
        if (changed.isEmpty()) {
            return SqlConnections.why(session, lease.connection());
        }
        event.ifPresent(type -> SqlConnectionEvents.happened(transaction, changed.get(), type, because));
        return SqlConnections.recorded(transaction, verb, changed.get(), detail);
    }
}
