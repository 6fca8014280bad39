package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is still to be told of logins that have ended, in SQL. Rows are written by [LogoutNotices].
final class SqlLogouts implements LogoutStore {
    private static final int SWEPT = 64;

    private static final String NOTICE = "attempt, tries, since, " + LogoutNotices.CLIENT;

    private final Db db;
    private final Writes writes;
    private final Sweep sweep;
    private final OutboxRows rows;

    SqlLogouts(Db db, Writes writes) {
        this.db = db;
        this.rows = new OutboxRows(db, "logout_notice", "sid", "application");
        this.writes = writes.ofDataPlane();
        this.sweep = new Sweep(db.engine(), "login_client", "session, sid, application", "ends_at");
    }

    /// An application signs a person in. The login's row is locked, so that it does not end meanwhile. Where there
    /// are too many, the newest is what still has a session: the oldest give way to it.
    void signedIn(Session session, Grant grant, Instant now) {
        sweep.run(session, now, SWEPT);
        session.update(
                "INSERT INTO login_client (session, sid, application, api, person, membership, credential, signed_in,"
                        + " ends_at) SELECT id, id, ?, ?, person, membership, credential, ?, ends_at"
                        + " FROM login_session WHERE id = ? ON CONFLICT (session, sid, application)"
                        + " DO UPDATE SET signed_in = excluded.signed_in",
                Ids.of(grant.application()),
                Ids.of(grant.claims().api()),
                Micros.of(now),
                Ids.of(grant.session()));
        evict(session, grant, "session = ?", grant.session(), MAX_CLIENTS);
        evict(session, grant, "person = ?", grant.user(), MAX_CLIENTS_OF_USER);
    }

    /// Takes out what is too much: of the same application first, then what signed in longest ago; never what has
    /// signed in just now.
    private static void evict(Session session, Grant newest, String which, Id of, long most) {
        long over = session.one(
                                "SELECT COUNT(*) AS there FROM login_client WHERE " + which,
                                row -> row.number("there"),
                                Ids.of(of))
                        .orElse(0L)
                - most;
        if (over > 0) {
            session.update(
                    "DELETE FROM login_client WHERE (session, sid, application) IN"
                            + " (SELECT session, sid, application FROM login_client WHERE " + which
                            + " AND NOT (sid = ? AND application = ?)"
                            + " ORDER BY CASE WHEN application = ? THEN 0 ELSE 1 END, signed_in, sid, application"
                            + " LIMIT ?)",
                    Ids.of(of),
                    Ids.of(newest.session()),
                    Ids.of(newest.application()),
                    Ids.of(newest.application()),
                    over);
        }
    }

    @Override
    public List<Client> clients(Id login) {
        return db.read(
                Lane.DATA,
                session -> session.list(
                        "SELECT " + LogoutNotices.CLIENT + " FROM login_client WHERE session = ?"
                                + " ORDER BY signed_in DESC, application, sid",
                        LogoutNotices::client,
                        Ids.of(login)));
    }

    /// A node that comes second finds that what it saw is not due any more.
    @Override
    public List<Notice> take(int most, int ofApplication, Instant now) {
        return !rows.due(now)
                ? List.of()
                : db.write(
                        Lane.ADMIN,
                        session -> session.list(
                                "UPDATE logout_notice SET attempt = attempt + 1, due_at = ? WHERE due_at <= ?"
                                        + " AND (sid, application) IN (SELECT sid, application FROM"
                                        + " (SELECT sid, application, due_at, ROW_NUMBER() OVER"
                                        + " (PARTITION BY application ORDER BY due_at, sid) AS place"
                                        + " FROM logout_notice WHERE due_at <= ?) AS due"
                                        + " WHERE place <= ? ORDER BY due_at LIMIT ?) RETURNING " + NOTICE,
                                SqlLogouts::notice,
                                Micros.of(now.plus(LEASE)),
                                Micros.of(now),
                                Micros.of(now),
                                (long) ofApplication,
                                (long) most));
    }

    @Override
    public List<Notice> crowding(int waiting, int most) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + NOTICE + " FROM (SELECT " + NOTICE + ", ROW_NUMBER() OVER"
                                + " (PARTITION BY application ORDER BY since DESC, sid) AS place FROM logout_notice)"
                                + " AS waiting WHERE place > ? ORDER BY since LIMIT ?",
                        SqlLogouts::notice,
                        (long) waiting,
                        (long) most));
    }

    private static Notice notice(Row row) {
        return new Notice(
                LogoutNotices.client(row),
                row.number("attempt"),
                row.number("tries"),
                Micros.read(row.number("since")));
    }

    @Override
    public void delivered(Notice notice) {
        rows.delivered(notice.attempt(), names(notice));
    }

    private static Object[] names(Notice notice) {
        return new Object[] {
            Ids.of(notice.client().login()), Ids.of(notice.client().application())
        };
    }

    @Override
    public void again(Notice notice, Instant due) {
        rows.again(due, notice.tries(), notice.attempt(), names(notice));
    }

    /// The organization of an application.
    static Optional<Id> home(Session session, Id application) {
        return session.one(
                "SELECT organization FROM application WHERE id = ?",
                row -> Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.of(application));
    }

    @Override
    public Stored<Notice> giveUp(Notice notice, String why, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (!rows.gone(transaction.session(), notice.attempt(), names(notice))) {
                return new Stored.Missing<>();
            }
            Client client = notice.client();
            transaction.audit(
                    "logout.undelivered",
                    home(transaction.session(), client.application()),
                    client.application(),
                    Detail.of("user", client.user())
                            .with("session", client.login())
                            .with("why", why)
                            .with("attempts", notice.tries()));
            return new Stored.Done<>(notice);
        });
    }
}
