package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Connect sessions in SQL. Every step is one conditional UPDATE.
final class SqlConnectSessions implements ConnectSessionStore {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final byte[] NOTHING = {};

    private final Db db;
    private final Writes writes;
    private final Writes ofDataPlane;

    SqlConnectSessions(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
    }

    @Override
    public Stored<ConnectSession> open(ConnectSession asked, Digest link, Encrypted given, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            var _ = sweep(session, act.at());
            Optional<Boolean> revoked = Organizations.locked(session, asked.organization());
            if (revoked.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (revoked.get()) {
                return new Stored.Conflict<>("the organization is revoked");
            }
            if (open(session, asked.organization(), act.at()) >= MAX_OPEN) {
                return new Stored.Full<>("an organization has at most " + MAX_OPEN + " connect sessions at a time");
            }
            if (!ConnectSessionColumns.insert(session, asked, link, given)) {
                return new Stored.Conflict<>("the id is in use");
            }
            return recorded(
                    transaction,
                    "connect_session.open",
                    asked,
                    Detail.of("platform", asked.platform())
                            .with("connection", asked.connection())
                            .with("again", asked.again())
                            .with("began_by", asked.beganBy()));
        });
    }

    @Override
    public void handedOver(Id api, Id organization, String platform, String page, Act act) {
        var _ = ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            transaction.audit(
                    "connect.hand_over",
                    Optional.of(organization),
                    api,
                    Detail.of("platform", platform).with("page", page));
            return new Stored.Done<>(api);
        });
    }

    @Override
    public int sweep(Instant now) {
        return db.read(Lane.ADMIN, session -> over(session, now)) ? swept(now) : 0;
    }

    /// Whether there is something to sweep: most of the time there is not, and nobody has to write.
    private static boolean over(Session session, Instant now) {
        return session.one(
                        "SELECT id FROM connect_session WHERE dies_at <= ? AND (dies_at <= ? OR length(sealed) > 0)"
                                + " LIMIT 1",
                        row -> Ids.read(row, "id", Kind.CONNECT_SESSION),
                        Micros.of(now),
                        Micros.of(now.minus(KEPT)))
                .isPresent();
    }

    private int swept(Instant now) {
        return db.write(
                Lane.ADMIN,
                session -> session.update(
                                "UPDATE connect_session SET sealed = ? WHERE id IN (SELECT id FROM connect_session"
                                        + " WHERE dies_at <= ? AND length(sealed) > 0 ORDER BY dies_at LIMIT ?)",
                                NOTHING,
                                Micros.of(now),
                                (long) SWEPT)
                        + sweep(session, now));
    }

    private static int sweep(Session session, Instant now) {
        return session.update(
                "DELETE FROM connect_session WHERE id IN"
                        + " (SELECT id FROM connect_session WHERE dies_at <= ? ORDER BY dies_at LIMIT ?)",
                Micros.of(now.minus(KEPT)),
                (long) SWEPT);
    }

    private static long open(Session session, Id organization, Instant now) {
        return session.one(
                        "SELECT COUNT(*) AS open FROM connect_session WHERE organization = ? AND dies_at > ?"
                                + " AND state NOT IN ('finished', 'failed')",
                        row -> row.number("open"),
                        Ids.of(organization),
                        Micros.of(now))
                .orElse(0L);
    }

    @Override
    public Optional<ConnectSession> session(Id id) {
        return db.read(Lane.ADMIN, session -> one(session, id));
    }

    @Override
    public Optional<Held> linked(List<Digest> link, Instant now) {
        List<Object> bytes = bytes(link);
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT " + ConnectSessionColumns.HELD + " FROM connect_session WHERE state = 'open'"
                                + " AND dies_at > ? AND digest IN " + Ids.in(bytes.size()),
                        ConnectSessionColumns::held,
                        parameters(bytes, Micros.of(now))));
    }

    @Override
    public Stored<ConnectSession> start(Id id, Digest browser, Act act) {
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<ConnectSession> started = session.one(
                    "UPDATE connect_session SET state = 'started', pepper = ?, digest = ?"
                            + " WHERE id = ? AND state = 'open' AND dies_at > ? RETURNING "
                            + ConnectSessionColumns.SESSION,
                    ConnectSessionColumns::session,
                    (long) browser.pepper(),
                    browser.bytes(),
                    Ids.of(id),
                    Micros.of(act.at()));
            return started.isPresent()
                    ? recorded(transaction, "connect_session.start", started.get(), Detail.none())
                    : why(session, id);
        });
    }

    @Override
    public Stored<Held> take(Id id, List<Digest> browser, Act act) {
        List<Object> bytes = bytes(browser);
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Held> taken = session.one(
                    "UPDATE connect_session SET state = 'returned' WHERE id = ? AND state = 'started' AND dies_at > ?"
                            + " AND digest IN " + Ids.in(bytes.size()) + " RETURNING " + ConnectSessionColumns.HELD,
                    ConnectSessionColumns::held,
                    parameters(bytes, Ids.of(id), Micros.of(act.at())));
            return taken.<Stored<Held>>map(Stored.Done::new).orElseGet(() -> why(session, id));
        });
    }

    @Override
    public Stored<ConnectSession> hold(
            Id id, Encrypted obtained, Optional<Instant> tokenExpiresAt, Digest code, Act act) {
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<ConnectSession> ready = session.one(
                    "UPDATE connect_session SET state = 'ready', sealed = ?, token_expires_at = ?, pepper = ?, digest = ?"
                            + " WHERE id = ? AND state = 'returned' AND dies_at > ? RETURNING "
                            + ConnectSessionColumns.SESSION,
                    ConnectSessionColumns::session,
                    obtained.bytes(),
                    Session.number(tokenExpiresAt.map(Micros::of)),
                    (long) code.pepper(),
                    code.bytes(),
                    Ids.of(id),
                    Micros.of(act.at()));
            return ready.isPresent()
                    ? recorded(transaction, "connect_session.ready", ready.get(), Detail.none())
                    : why(session, id);
        });
    }

    @Override
    public Stored<ConnectSession> fail(Id id, String because, Act act) {
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<ConnectSession> failed = session.one(
                    "UPDATE connect_session SET state = 'failed', sealed = ?"
                            + " WHERE id = ? AND state NOT IN ('finished', 'failed') RETURNING "
                            + ConnectSessionColumns.SESSION,
                    ConnectSessionColumns::session,
                    NOTHING,
                    Ids.of(id));
            return failed.isPresent()
                    ? recorded(transaction, "connect_session.fail", failed.get(), Detail.of("because", because))
                    : why(session, id);
        });
    }

    @Override
    public Optional<Held> ready(Id id, List<Digest> code, Instant now) {
        List<Object> bytes = bytes(code);
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT " + ConnectSessionColumns.HELD + " FROM connect_session WHERE id = ?"
                                + " AND state = 'ready' AND dies_at > ? AND digest IN " + Ids.in(bytes.size()),
                        ConnectSessionColumns::held,
                        parameters(bytes, Ids.of(id), Micros.of(now))));
    }

    @Override
    public Stored<Connection> add(Id id, Connection connection, Encrypted sealed, Act act) {
        return writes.run(
                Writes.Effect.WIDENS,
                act,
                transaction -> finished(transaction, id)
                        ? SqlConnections.added(transaction, connection, sealed)
                        : why(transaction.session(), id));
    }

    @Override
    public Stored<Connection> reconnect(
            Id id, Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt, Act act) {
        return writes.run(
                Writes.Effect.NARROWS,
                act,
                transaction -> finished(transaction, id)
                        ? SqlConnections.reconnected(transaction, before, sealed, tokenExpiresAt)
                        : why(transaction.session(), id));
    }

    private static boolean finished(Transaction transaction, Id id) {
        Optional<ConnectSession> finished = transaction
                .session()
                .one(
                        "UPDATE connect_session SET state = 'finished', sealed = ?"
                                + " WHERE id = ? AND state = 'ready' AND dies_at > ? RETURNING "
                                + ConnectSessionColumns.SESSION,
                        ConnectSessionColumns::session,
                        NOTHING,
                        Ids.of(id),
                        Micros.of(transaction.act().at()));
        finished.ifPresent(
                it -> recorded(transaction, "connect_session.finish", it, Detail.of("connection", it.connection())));
        return finished.isPresent();
    }

    private static Stored<ConnectSession> recorded(
            Transaction transaction, String verb, ConnectSession session, Detail detail) {
        transaction.audit(verb, Optional.of(session.organization()), session.id(), detail);
        return new Stored.Done<>(session);
    }

    private static <T> Stored<T> why(Session session, Id id) {
        return one(session, id).isPresent() ? new Stored.Moved<>() : new Stored.Missing<>();
    }

    private static Optional<ConnectSession> one(Session session, Id id) {
        return id.kind() == Kind.CONNECT_SESSION
                ? session.one(
                        "SELECT " + ConnectSessionColumns.SESSION + " FROM connect_session WHERE id = ?",
                        ConnectSessionColumns::session,
                        Ids.of(id))
                : Optional.empty();
    }

    private static List<Object> bytes(List<Digest> digests) {
        return digests.stream().<Object>map(Digest::bytes).toList();
    }

    private static Object[] parameters(List<Object> digests, Object... before) {
        return Stream.concat(Arrays.stream(before), Arrays.stream(Ids.padded(digests)))
                .toArray();
    }
}
