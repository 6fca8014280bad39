package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Connection.Health;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Renewal;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.Optional;

/// Renewing credentials of connections in memory: the lease, and what ends it.
record Renewals(Writes writes) {
    Stored<Lease> lease(Id connection, long credential, Instant until, Act act) {
        return writes.run(act, transaction -> {
            Optional<SealedConnection> found = transaction.tables().connection(connection);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            Connection it = found.get().connection();
            Renewal renewal = found.get().renewal();
            if (it.credential() != credential) {
                return new Stored.Moved<>();
            }
            if (it.health() != Health.LIVE
                    || it.standing().revoked()
                    || !it.standing().holds().isEmpty()
                    || renewal.leased(act.at())
                    || renewal.early(act.at())) {
                return new Stored.Conflict<>("it is being renewed, it is too early, or it is not live");
            }
            long fence = renewal.fence() + 1;
            MemoryConnections.put(
                    transaction,
                    with(
                            found.get(),
                            new Renewal(
                                    fence,
                                    Optional.of(Micros.of(until)),
                                    true,
                                    renewal.begun(),
                                    renewal.notBefore(),
                                    renewal.failures())));
            return new Stored.Done<>(new Lease(connection, fence, credential, renewal.begun()));
        });
    }

    Stored<Lease> renew(Lease lease, Instant until, Act act) {
        return writes.run(act, transaction -> {
            Optional<SealedConnection> found = transaction
                    .tables()
                    .connection(lease.connection())
                    .filter(it -> it.renewal().fence() == lease.fence()
                            && it.connection().credential() == lease.credential()
                            && it.renewal().leasedUntil().isPresent());
            if (found.isEmpty()) {
                return new Stored.Moved<>();
            }
            Renewal from = found.get().renewal();
            MemoryConnections.put(
                    transaction,
                    with(
                            found.get(),
                            new Renewal(
                                    from.fence(),
                                    Optional.of(Micros.of(until)),
                                    from.begun(),
                                    from.lost(),
                                    from.notBefore(),
                                    from.failures())));
            return new Stored.Done<>(lease);
        });
    }

    Stored<Connection> commit(
            Lease lease, Encrypted sealed, Optional<Instant> tokenExpiresAt, Instant notBefore, Act act) {
        return writes.run(act, transaction -> {
            Optional<SealedConnection> found = under(transaction, lease);
            if (found.isEmpty()) {
                return MemoryConnections.why(transaction.tables().connection(lease.connection()));
            }
            Connection to = found.get()
                    .connection()
                    .written(Health.LIVE, lease.credential() + 1, MemoryConnections.cut(tokenExpiresAt));
            MemoryConnections.put(
                    transaction,
                    new SealedConnection(
                            to, sealed, MemoryConnections.fenced(lease.fence(), Optional.of(Micros.of(notBefore)))));
            boolean broken = MemoryConnections.broken(found.get());
            if (broken) {
                MemoryConnectionEvents.happened(transaction, to, ConnectionEvent.Type.RECOVERED, "");
            }
            return MemoryConnections.recorded(
                    transaction,
                    "connection.refresh",
                    to,
                    Detail.of("credential", to.credential())
                            .with("lost_before", lease.lost())
                            .with("recovered", broken));
        });
    }

    Stored<Connection> release(Lease lease, boolean known, Instant notBefore, String because, Act act) {
        return writes.run(act, transaction -> {
            Optional<SealedConnection> found = under(transaction, lease);
            if (found.isEmpty()) {
                return MemoryConnections.why(transaction.tables().connection(lease.connection()));
            }
            Renewal from = found.get().renewal();
            MemoryConnections.put(
                    transaction,
                    with(
                            found.get(),
                            new Renewal(
                                    from.fence(),
                                    Optional.empty(),
                                    from.lost() || !known,
                                    from.lost(),
                                    Optional.of(Micros.of(notBefore)),
                                    from.failures() + 1)));
            Connection connection = found.get().connection();
            if (from.failures() > 0) {
                return new Stored.Done<>(connection);
            }
            MemoryConnectionEvents.happened(transaction, connection, ConnectionEvent.Type.FAILING, because);
            return MemoryConnections.recorded(
                    transaction, "connection.failing", connection, Detail.of("because", because));
        });
    }

    Stored<Connection> refused(Lease lease, String because, Act act) {
        return writes.run(act, transaction -> {
            Optional<SealedConnection> found = under(transaction, lease);
            if (found.isEmpty()) {
                return MemoryConnections.why(transaction.tables().connection(lease.connection()));
            }
            SealedConnection from = found.get();
            Connection to = from.connection()
                    .written(
                            Health.NEEDS_REAUTH,
                            lease.credential(),
                            from.connection().tokenExpiresAt());
            Renewal renewal = new Renewal(
                    lease.fence(),
                    Optional.empty(),
                    false,
                    from.renewal().lost(),
                    from.renewal().notBefore(),
                    from.renewal().failures());
            MemoryConnections.put(transaction, new SealedConnection(to, from.sealed(), renewal));
            MemoryConnectionEvents.happened(transaction, to, ConnectionEvent.Type.NEEDS_REAUTH, because);
            return MemoryConnections.recorded(
                    transaction,
                    "connection.needs_reauth",
                    to,
                    Detail.of("because", because).with("lost_before", lease.lost()));
        });
    }

    private static Optional<SealedConnection> under(Transaction transaction, Lease lease) {
        return transaction
                .tables()
                .connection(lease.connection())
                .filter(it -> it.renewal().fence() == lease.fence()
                        && it.connection().credential() == lease.credential()
                        && !it.connection().standing().revoked());
    }

    private static SealedConnection with(SealedConnection it, Renewal renewal) {
        return new SealedConnection(it.connection(), it.sealed(), renewal);
    }
}
