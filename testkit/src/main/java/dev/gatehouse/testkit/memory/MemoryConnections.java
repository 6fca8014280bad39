package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Connection.Health;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Edits;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Renewal;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Connections in memory.
record MemoryConnections(Writes writes) implements ConnectionStore {
    @Override
    public Stored<Connection> add(Connection connection, Encrypted sealed, Act act) {
        return writes.run(act, transaction -> added(transaction, connection, sealed));
    }

    static Stored<Connection> added(Transaction transaction, Connection connection, Encrypted sealed) {
        String name = Text.requireName(connection.name());
        Tables tables = transaction.tables();
        Optional<Organization> home = tables.organization(connection.organization());
        if (home.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (home.get().standing().revoked()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        boolean taken = tables.connections.containsKey(connection.id())
                || named(tables, connection.organization(), name).isPresent();
        if (taken) {
            return new Stored.Conflict<>("the organization has a connection of this name");
        }
        if (all(tables, connection.organization()).size() >= MAX_CONNECTIONS) {
            return new Stored.Full<>("the organization has as many connections as it may have");
        }
        Connection stored = cut(connection);
        put(transaction, new SealedConnection(stored, sealed, Renewal.NONE));
        return recorded(
                transaction,
                "connection.add",
                stored,
                Detail.of("name", stored.name())
                        .with("platform", stored.platform())
                        .with("kind", stored.kind().wire()));
    }

    private static Connection cut(Connection it) {
        return new Connection(
                it.id(),
                it.organization(),
                it.platform(),
                it.kind(),
                it.name(),
                it.description(),
                it.health(),
                it.credential(),
                cut(it.tokenExpiresAt()),
                it.standing(),
                Micros.of(it.createdAt()),
                Micros.of(it.changedAt()));
    }

    static Optional<Instant> cut(Optional<Instant> time) {
        return time.map(Micros::of);
    }

    @Override
    public Stored<Connection> reconnect(
            Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt, Act act) {
        return writes.narrow(act, transaction -> reconnected(transaction, before, sealed, tokenExpiresAt));
    }

    static Stored<Connection> reconnected(
            Transaction transaction, Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt) {
        Optional<SealedConnection> found = transaction.tables().connection(before.id());
        boolean same = found.filter(it -> it.connection().standing().version()
                                == before.standing().version()
                        && it.connection().credential() == before.credential()
                        && !it.connection().standing().revoked())
                .isPresent();
        if (!same) {
            return why(found);
        }
        SealedConnection from = found.orElseThrow();
        Connection to = from.connection()
                .saying(before.description())
                .changed(Micros.of(transaction.act().at()))
                .written(Health.LIVE, before.credential() + 1, cut(tokenExpiresAt));
        Renewal renewal = fenced(from.renewal().fence() + 1, Optional.empty());
        put(transaction, new SealedConnection(to, sealed, renewal));
        if (broken(from)) {
            MemoryConnectionEvents.happened(transaction, to, ConnectionEvent.Type.RECOVERED, "");
        }
        return recorded(transaction, "connection.reconnect", to, Detail.of("credential", to.credential()));
    }

    @Override
    public Stored<Connection> describe(Connection before, String name, String description, Act act) {
        return writes.run(act, transaction -> {
            boolean taken = named(transaction.tables(), before.organization(), Text.requireName(name))
                    .filter(other -> !other.connection().id().equals(before.id()))
                    .isPresent();
            if (taken) {
                return new Stored.Conflict<>("the organization has a connection of this name");
            }
            Optional<SealedConnection> found = transaction.tables().connection(before.id());
            boolean same = found.map(SealedConnection::connection)
                    .filter(it -> it.standing().version() == before.standing().version()
                            && !it.standing().revoked())
                    .isPresent();
            if (!same) {
                return why(found);
            }
            SealedConnection to = found.orElseThrow().with(before.described(name, description, Micros.of(act.at())));
            put(transaction, to);
            return recorded(transaction, "connection.describe", to.connection(), Edits.of(before, to.connection()));
        });
    }

    @Override
    public Optional<Connection> connection(Id id) {
        return sealed(id).map(SealedConnection::connection);
    }

    @Override
    public Page<Connection> connections(Id organization, Slice slice) {
        return Pages.read(
                        writes.now().connections,
                        one -> one.connection().organization().equals(organization),
                        one -> one.connection().name(),
                        slice)
                .map(SealedConnection::connection);
    }

    @Override
    public Page<Connection> unrevoked(Id organization, Slice slice) {
        return Pages.read(
                        writes.now().connections,
                        one -> one.connection().organization().equals(organization)
                                && !one.connection().standing().revoked(),
                        one -> one.connection().name(),
                        slice)
                .map(SealedConnection::connection);
    }

    private static List<SealedConnection> all(Tables tables, Id organization) {
        return tables.connections.values().stream()
                .filter(one -> one.connection().organization().equals(organization)
                        && !one.connection().standing().revoked())
                .toList();
    }

    @Override
    public Optional<SealedConnection> sealed(Id id) {
        return writes.now().connection(id);
    }

    @Override
    public Optional<SealedConnection> sealed(Id organization, String name) {
        return named(writes.now(), organization, name);
    }

    private static Optional<SealedConnection> named(Tables tables, Id organization, String name) {
        return all(tables, organization).stream()
                .filter(one -> one.connection().name().equals(name))
                .findFirst();
    }

    @Override
    public List<SealedConnection> sealed(Optional<Id> after, int limit) {
        return writes.now().connections.values().stream()
                .filter(one -> after.isEmpty()
                        || Long.compareUnsigned(
                                        one.connection().id().value(),
                                        after.get().value())
                                > 0)
                .sorted((one, other) -> Long.compareUnsigned(
                        one.connection().id().value(), other.connection().id().value()))
                .limit(limit)
                .toList();
    }

    @Override
    public Stored<Connection> rewrap(SealedConnection before, Encrypted sealed, Act act) {
        return writes.run(act, transaction -> {
            Optional<SealedConnection> found =
                    transaction.tables().connection(before.connection().id());
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            Connection it = found.get().connection();
            if (it.credential() != before.connection().credential()
                    || !found.get().sealed().equals(before.sealed())) {
                return new Stored.Moved<>();
            }
            put(transaction, new SealedConnection(it, sealed, found.get().renewal()));
            return recorded(transaction, "connection.rewrap", it, Detail.of("credential", it.credential()));
        });
    }

    @Override
    public Stored<Lease> lease(Id connection, long credential, Instant until, Act act) {
        return renewals().lease(connection, credential, until, act);
    }

    @Override
    public Stored<Lease> renew(Lease lease, Instant until, Act act) {
        return renewals().renew(lease, until, act);
    }

    @Override
    public Stored<Connection> commit(
            Lease lease, Encrypted sealed, Optional<Instant> tokenExpiresAt, Instant notBefore, Act act) {
        return renewals().commit(lease, sealed, tokenExpiresAt, notBefore, act);
    }

    @Override
    public Stored<Connection> release(Lease lease, boolean known, Instant notBefore, String because, Act act) {
        return renewals().release(lease, known, notBefore, because, act);
    }

    @Override
    public Stored<Connection> refused(Lease lease, String because, Act act) {
        return renewals().refused(lease, because, act);
    }

    private Renewals renewals() {
        return new Renewals(writes);
    }

    /// Whether somebody was told that it does not work.
    static boolean broken(SealedConnection it) {
        return it.renewal().failures() > 0 || it.connection().health() == Health.NEEDS_REAUTH;
    }

    static Renewal fenced(long fence, Optional<Instant> notBefore) {
        return new Renewal(fence, Optional.empty(), false, false, notBefore, 0);
    }

    static void put(Transaction transaction, SealedConnection it) {
        transaction.tables().connections.put(it.connection().id(), it);
    }

    static <T> Stored<T> why(Optional<SealedConnection> found) {
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        return found.get().connection().standing().revoked()
                ? new Stored.Conflict<>("it is revoked")
                : new Stored.Moved<>();
    }

    static Stored<Connection> recorded(Transaction transaction, String verb, Connection connection, Detail detail) {
        transaction.audit(verb, Optional.of(connection.organization()), connection.id(), detail);
        return new Stored.Done<>(connection);
    }
}
