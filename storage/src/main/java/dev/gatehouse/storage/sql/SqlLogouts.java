package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;

/// Who is still to be told of logins that have ended, in SQL. Rows are written by [LogoutNotices].
final class SqlLogouts implements LogoutStore {
    private static final int SWEPT = 64;

    private final Db db;
    private final Sweep sweep;
    private final SqlOutbox<Client> notices;

    SqlLogouts(Db db, Writes writes) {
        this.db = db;
        this.notices = SqlOutbox.of(db, writes, LogoutNotices.TABLE);
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

    @Override
    public OutboxStore<Client> notices() {
        return notices;
    }

    @Override
    public List<Taken<Client>> crowding(int waiting, int most) {
        OutboxRows<Client> rows = notices.rows();
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + rows.columns() + " FROM (SELECT " + rows.columns() + ", ROW_NUMBER() OVER"
                                + " (PARTITION BY application ORDER BY since DESC, sid) AS place FROM logout_notice)"
                                + " AS waiting WHERE place > ? ORDER BY since LIMIT ?",
                        rows::read,
                        (long) waiting,
                        (long) most));
    }
}
