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

    /// The one that was taken, as long as nobody else has taken it since.
    private static final String THIS = " WHERE sid = ? AND application = ? AND attempt = ?";

    private final Db db;
    private final Writes writes;
    private final Sweep sweep;

    SqlLogouts(Db db, Writes writes) {
        this.db = db;
        this.writes = writes.ofDataPlane();
        this.sweep = new Sweep(db.engine(), "login_client", "session, sid, application", "ends_at");
    }

    /// An application signs a person in. The login's row is locked, so that it does not end meanwhile.
    void signedIn(Session session, Grant grant, Instant now) {
        sweep.run(session, now, SWEPT);
        session.update(
                "INSERT INTO login_client (session, sid, application, api, person, ends_at)"
                        + " SELECT id, id, ?, ?, person, ends_at FROM login_session WHERE id = ?"
                        + " AND (SELECT COUNT(*) FROM login_client WHERE session = login_session.id) < ?"
                        + " ON CONFLICT (session, sid, application) DO NOTHING",
                Ids.of(grant.application()),
                Ids.of(grant.claims().api()),
                Ids.of(grant.session()),
                (long) MAX_CLIENTS);
    }

    @Override
    public List<Client> clients(Id login) {
        return db.read(
                Lane.DATA,
                session -> session.list(
                        "SELECT " + LogoutNotices.CLIENT + " FROM login_client WHERE session = ?"
                                + " ORDER BY application, sid",
                        LogoutNotices::client,
                        Ids.of(login)));
    }

    /// A node that comes second finds that what it saw is not due any more.
    @Override
    public List<Notice> take(int most, Instant now) {
        boolean none = db.read(
                Lane.ADMIN,
                session -> session.one(
                                "SELECT sid FROM logout_notice WHERE due_at <= ? LIMIT 1",
                                row -> Ids.read(row, "sid", Kind.SESSION),
                                Micros.of(now))
                        .isEmpty());
        return none
                ? List.of()
                : db.write(
                        Lane.ADMIN,
                        session -> session.list(
                                "UPDATE logout_notice SET attempt = attempt + 1, due_at = ? WHERE due_at <= ?"
                                        + " AND (sid, application) IN (SELECT sid, application FROM logout_notice"
                                        + " WHERE due_at <= ? ORDER BY due_at LIMIT ?) RETURNING attempt, since, "
                                        + LogoutNotices.CLIENT,
                                SqlLogouts::notice,
                                Micros.of(now.plus(LEASE)),
                                Micros.of(now),
                                Micros.of(now),
                                (long) most));
    }

    private static Notice notice(Row row) {
        return new Notice(LogoutNotices.client(row), row.number("attempt"), Micros.read(row.number("since")));
    }

    @Override
    public void delivered(Notice notice) {
        var _ = db.write(Lane.ADMIN, session -> gone(session, notice));
    }

    private static boolean gone(Session session, Notice notice) {
        return session.update(
                        "DELETE FROM logout_notice" + THIS,
                        Ids.of(notice.client().login()),
                        Ids.of(notice.client().application()),
                        notice.attempt())
                == 1;
    }

    @Override
    public void again(Notice notice, Instant due) {
        var _ = db.write(
                Lane.ADMIN,
                session -> session.update(
                        "UPDATE logout_notice SET due_at = ?" + THIS,
                        Micros.of(due),
                        Ids.of(notice.client().login()),
                        Ids.of(notice.client().application()),
                        notice.attempt()));
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
            if (!gone(transaction.session(), notice)) {
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
                            .with("attempts", notice.attempt()));
            return new Stored.Done<>(notice);
        });
    }
}
