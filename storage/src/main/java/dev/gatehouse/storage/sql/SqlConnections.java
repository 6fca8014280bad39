package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Edits;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Connections in SQL. Every verb is one conditional UPDATE.
final class SqlConnections implements ConnectionStore {
    private static final Pages<Connection> CONNECTIONS =
            new Pages<>("connection", ConnectionColumns.CONNECTION, "organization", ConnectionColumns::connection);

    private static final Pages<Connection> UNREVOKED = new Pages<>(
            "connection", ConnectionColumns.CONNECTION, "NOT revoked AND organization", ConnectionColumns::connection);

    private final Db db;
    private final Writes management;
    private final Renewals renewals;

    SqlConnections(Db db, Writes writes) {
        this.db = db;
        this.management = writes;
        this.renewals = new Renewals(writes.ofCalls());
    }

    @Override
    public Stored<Connection> add(Connection connection, Encrypted sealed, Act act) {
        return management.run(Writes.Effect.WIDENS, act, transaction -> added(transaction, connection, sealed));
    }

    static Stored<Connection> added(Transaction transaction, Connection connection, Encrypted sealed) {
        Session session = transaction.session();
        Optional<Boolean> revoked = Organizations.locked(session, connection.organization());
        if (revoked.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (revoked.get()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        long there = session.one(
                        "SELECT COUNT(*) AS length FROM connection WHERE NOT revoked AND organization = ?",
                        row -> row.number("length"),
                        Ids.of(connection.organization()))
                .orElseThrow();
        if (there >= MAX_CONNECTIONS) {
            return new Stored.Full<>("the organization has as many connections as it may have");
        }
        if (!ConnectionColumns.insert(session, connection, sealed)) {
            return new Stored.Conflict<>("the organization has a connection of this name");
        }
        Connection stored = one(session, connection.id()).orElseThrow();
        return recorded(
                transaction,
                "connection.add",
                stored,
                Detail.of("name", stored.name())
                        .with("platform", stored.platform())
                        .with("kind", stored.kind().wire()));
    }

    @Override
    public Stored<Connection> reconnect(
            Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt, Act act) {
        return management.run(
                Writes.Effect.NARROWS, act, transaction -> reconnected(transaction, before, sealed, tokenExpiresAt));
    }

    static Stored<Connection> reconnected(
            Transaction transaction, Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt) {
        Session session = transaction.session();
        boolean broken = broken(session, before.id());
        Optional<Connection> changed = session.one(
                "UPDATE connection SET sealed = ?, credential = credential + 1, token_expires_at = ?,"
                        + " health = 'live', fence = fence + 1, leased_until = NULL, begun = FALSE, lost = FALSE,"
                        + " retry_at = NULL, failures = 0, description = ?, changed_at = ?,"
                        + " version = version + 1 WHERE id = ? AND version = ? AND credential = ? AND NOT revoked"
                        + " RETURNING "
                        + ConnectionColumns.CONNECTION,
                ConnectionColumns::connection,
                sealed.bytes(),
                Session.number(tokenExpiresAt.map(Micros::of)),
                before.description(),
                Micros.of(transaction.act().at()),
                Ids.of(before.id()),
                before.standing().version(),
                before.credential());
        if (changed.isPresent() && broken) {
            SqlConnectionEvents.happened(transaction, changed.get(), ConnectionEvent.Type.RECOVERED, "");
        }
        return changed.isPresent()
                ? recorded(transaction, "connection.reconnect", changed.get(), credential(changed.get()))
                : why(session, before.id());
    }

    /// Whether somebody was told that a connection does not work. Its row is locked.
    static boolean broken(Session session, Id connection) {
        return session.one(
                        "UPDATE connection SET fence = fence WHERE id = ? RETURNING failures, health",
                        row -> row.number("failures") > 0 || !row.text("health").equals("live"),
                        Ids.of(connection))
                .orElse(false);
    }

    /// The organization is locked, so that of two that want a name one has it.
    @Override
    public Stored<Connection> describe(Connection before, String name, String description, Act act) {
        return management.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            var _ = Organizations.locked(session, before.organization());
            Optional<Id> other = session.one(
                    "SELECT id FROM connection WHERE organization = ? AND name = ? AND NOT revoked AND id <> ?",
                    row -> Ids.read(row, "id", Kind.CONNECTION),
                    Ids.of(before.organization()),
                    Text.requireName(name),
                    Ids.of(before.id()));
            if (other.isPresent()) {
                return new Stored.Conflict<>("the organization has a connection of this name");
            }
            Optional<Connection> changed = session.one(
                    "UPDATE connection SET name = ?, description = ?, changed_at = ?, version = version + 1"
                            + " WHERE id = ? AND version = ? AND NOT revoked RETURNING "
                            + ConnectionColumns.CONNECTION,
                    ConnectionColumns::connection,
                    name,
                    description,
                    Micros.of(act.at()),
                    Ids.of(before.id()),
                    before.standing().version());
            return changed.isPresent()
                    ? recorded(transaction, "connection.describe", changed.get(), Edits.of(before, changed.get()))
                    : why(session, before.id());
        });
    }

    @Override
    public Optional<Connection> connection(Id id) {
        return db.read(Lane.ADMIN, session -> one(session, id));
    }

    @Override
    public Page<Connection> connections(Id organization, Slice slice) {
        return CONNECTIONS.read(db, organization, slice);
    }

    @Override
    public Page<Connection> unrevoked(Id organization, Slice slice) {
        return UNREVOKED.read(db, organization, slice);
    }

    @Override
    public Optional<SealedConnection> sealed(Id id) {
        return id.kind() == Kind.CONNECTION
                ? db.read(
                        Lane.CALLS,
                        session -> session.one(
                                "SELECT " + ConnectionColumns.SEALED + " FROM connection WHERE id = ?",
                                ConnectionColumns::sealed,
                                Ids.of(id)))
                : Optional.empty();
    }

    @Override
    public Optional<SealedConnection> sealed(Id organization, String name) {
        return db.read(
                Lane.CALLS,
                session -> session.one(
                        "SELECT " + ConnectionColumns.SEALED + " FROM connection WHERE organization = ? AND name = ?"
                                + " AND NOT revoked",
                        ConnectionColumns::sealed,
                        Ids.of(organization),
                        name));
    }

    @Override
    public List<SealedConnection> sealed(Optional<Id> after, int limit) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + ConnectionColumns.SEALED + " FROM connection WHERE id > ? ORDER BY id LIMIT ?",
                        ConnectionColumns::sealed,
                        Ids.after(after),
                        limit));
    }

    @Override
    public Stored<Connection> rewrap(SealedConnection before, Encrypted sealed, Act act) {
        return management.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Id id = before.connection().id();
            Optional<Connection> changed = session.one(
                    "UPDATE connection SET sealed = ? WHERE id = ? AND credential = ? AND sealed = ? RETURNING "
                            + ConnectionColumns.CONNECTION,
                    ConnectionColumns::connection,
                    sealed.bytes(),
                    Ids.of(id),
                    before.connection().credential(),
                    before.sealed().bytes());
            if (changed.isPresent()) {
                return recorded(transaction, "connection.rewrap", changed.get(), credential(changed.get()));
            }
            return one(session, id).isPresent() ? new Stored.Moved<>() : new Stored.Missing<>();
        });
    }

    @Override
    public Stored<Lease> lease(Id connection, long credential, Instant until, Act act) {
        return renewals.lease(connection, credential, until, act);
    }

    @Override
    public Stored<Lease> renew(Lease lease, Instant until, Act act) {
        return renewals.renew(lease, until, act);
    }

    @Override
    public Stored<Connection> commit(
            Lease lease, Encrypted sealed, Optional<Instant> tokenExpiresAt, Instant notBefore, Act act) {
        return renewals.commit(lease, sealed, tokenExpiresAt, notBefore, act);
    }

    @Override
    public Stored<Connection> release(Lease lease, boolean known, Instant notBefore, String because, Act act) {
        return renewals.release(lease, known, notBefore, because, act);
    }

    @Override
    public Stored<Connection> refused(Lease lease, String because, Act act) {
        return renewals.refused(lease, because, act);
    }

    static <T> Stored<T> why(Session session, Id id) {
        Optional<Connection> found = one(session, id);
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        return found.get().standing().revoked() ? new Stored.Conflict<>("it is revoked") : new Stored.Moved<>();
    }

    private static Detail credential(Connection connection) {
        return Detail.of("credential", connection.credential());
    }

    static Stored<Connection> recorded(Transaction transaction, String verb, Connection connection, Detail detail) {
        transaction.changed(connection.id());
        transaction.audit(verb, Optional.of(connection.organization()), connection.id(), detail);
        return new Stored.Done<>(connection);
    }

    static Optional<Connection> one(Session session, Id id) {
        return id.kind() == Kind.CONNECTION
                ? session.one(
                        "SELECT " + ConnectionColumns.CONNECTION + " FROM connection WHERE id = ?",
                        ConnectionColumns::connection,
                        Ids.of(id))
                : Optional.empty();
    }
}
