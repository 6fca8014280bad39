package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who asked for a new password, in SQL.
final class SqlResets implements ResetStore {
    private static final int SWEPT = 64;
    private static final String DUE = "username, asked_at, api, language, attempt, tries";

    /// The one that was taken, as long as nobody else has taken it since.
    private static final String THIS = " WHERE username = ? AND asked_at = ? AND attempt = ?";

    private final Db db;
    private final Writes writes;
    private final OutboxRows rows;
    private final Sweep sweep;
    private final Mailboxes mailboxes;

    SqlResets(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.rows = new OutboxRows(db, "password_reset", "username", "asked_at");
        this.sweep = new Sweep(db.engine(), "password_reset", "username, slot", "ends_at");
        this.mailboxes = new Mailboxes(db.engine());
    }

    /// The primary key is the name and one of its places, so that no number of nodes takes more than there are.
    @Override
    public boolean ask(Asked asked) {
        return db.write(Lane.DATA, session -> {
            sweep.run(session, asked.at(), SWEPT);
            if (session.one(
                            "SELECT slot FROM password_reset WHERE due_at IS NOT NULL LIMIT 1 OFFSET ?",
                            row -> row.number("slot"),
                            (long) MOST - 1)
                    .isPresent()) {
                return false;
            }
            var _ = session.update(
                    "DELETE FROM password_reset WHERE username = ? AND ends_at <= ?",
                    asked.username(),
                    Micros.of(asked.at()));
            var _ = session.update(
                    "INSERT INTO password_reset"
                            + " (username, slot, asked_at, api, language, attempt, tries, refused, due_at, ends_at)"
                            + " SELECT ?, COALESCE((SELECT MIN(place.slot) FROM"
                            + " (SELECT 0 AS slot UNION ALL SELECT 1 UNION ALL SELECT 2) AS place"
                            + " WHERE NOT EXISTS (SELECT 1 FROM password_reset AS had"
                            + " WHERE had.username = ? AND had.slot = place.slot)), 2),"
                            + " ?, id, ?, 0, 0, 0, ?, ? FROM api WHERE id = ?"
                            + " ON CONFLICT (username, slot) DO UPDATE SET refused = password_reset.refused + 1",
                    asked.username(),
                    asked.username(),
                    Micros.of(asked.at()),
                    asked.language(),
                    Micros.of(asked.at()),
                    Micros.of(asked.at().plus(KEPT)),
                    Ids.of(asked.api()));
            return true;
        });
    }

    /// A node that comes second finds that what it saw is not due any more.
    @Override
    public List<Due> take(int most, Instant now) {
        return rows.due(now) ? db.write(Lane.ADMIN, session -> taken(session, most, now)) : List.of();
    }

    private static List<Due> taken(Session session, int most, Instant now) {
        var _ = session.update(
                "DELETE FROM password_reset WHERE due_at <= ? AND NOT EXISTS (SELECT 1 FROM person"
                        + " WHERE person.username = password_reset.username AND NOT person.revoked)",
                Micros.of(now));
        return session.list(
                "UPDATE password_reset SET attempt = attempt + 1, due_at = ? WHERE due_at <= ?"
                        + " AND (username, slot) IN (SELECT username, slot FROM password_reset"
                        + " WHERE due_at <= ? ORDER BY due_at LIMIT ?) RETURNING " + DUE,
                SqlResets::due,
                Micros.of(now.plus(LEASE)),
                Micros.of(now),
                Micros.of(now),
                (long) most);
    }

    private static Due due(Row row) {
        return new Due(
                new Asked(
                        row.text("username"),
                        Ids.read(row, "api", Kind.API),
                        row.text("language"),
                        Micros.read(row.number("asked_at"))),
                row.number("attempt"),
                row.number("tries"));
    }

    /// Without a place the row is nobody's any more who took it.
    @Override
    public boolean room(Due due, Bytes mailbox, Instant now) {
        return db.write(Lane.ADMIN, session -> {
            boolean room = mailboxes.place(session, mailbox, now);
            if (!room) {
                var _ = session.update(
                        "UPDATE password_reset SET due_at = NULL, attempt = attempt + 1" + THIS,
                        due.asked().username(),
                        Micros.of(due.asked().at()),
                        due.attempt());
            }
            return room;
        });
    }

    @Override
    public Stored<Due> sent(Due due, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (done(transaction.session(), due) == 0) {
                return new Stored.Missing<>();
            }
            transaction
                    .session()
                    .one(
                            "SELECT " + Columns.USER + " FROM person WHERE username = ?",
                            Columns::user,
                            due.asked().username())
                    .ifPresent(user -> transaction.audit(
                            "user.letter",
                            Optional.of(user.organization()),
                            user.id(),
                            Detail.of("about", "password")
                                    .with("api", due.asked().api())));
            return new Stored.Done<>(due);
        });
    }

    @Override
    public void done(Due due) {
        var _ = db.write(Lane.ADMIN, session -> done(session, due));
    }

    private static int done(Session session, Due due) {
        return session.update(
                "UPDATE password_reset SET due_at = NULL" + THIS,
                due.asked().username(),
                Micros.of(due.asked().at()),
                due.attempt());
    }

    @Override
    public void forget(Due due) {
        rows.delivered(due.attempt(), names(due));
    }

    @Override
    public void again(Due due, Instant at) {
        rows.again(at, due.tries(), due.attempt(), names(due));
    }

    private static Object[] names(Due due) {
        return new Object[] {due.asked().username(), Micros.of(due.asked().at())};
    }
}
