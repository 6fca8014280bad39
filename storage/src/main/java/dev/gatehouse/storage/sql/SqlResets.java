package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who asked for a new password, in SQL.
final class SqlResets implements ResetStore {
    private static final int SWEPT = 64;

    private static final OutboxRows.Table<Asked> TABLE = new OutboxRows.Table<>(
            "password_reset",
            "username, slot",
            "username",
            "asked_at",
            "username, api, language",
            false,
            SqlResets::asked,
            asked -> List.of(asked.username()));

    private final Db db;
    private final Writes writes;
    private final OutboxRows<Asked> rows;
    private final Sweep sweep;
    private final Mailboxes mailboxes;

    SqlResets(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.rows = new OutboxRows<>(db, TABLE);
        this.sweep = new Sweep(db.engine(), "password_reset", "username, slot", "ends_at");
        this.mailboxes = new Mailboxes(db.engine());
    }

    /// The primary key is the name and one of its places, so that no number of nodes takes more than there are.
    @Override
    public boolean ask(Asked asked, Instant now) {
        return db.write(Lane.DATA, session -> {
            sweep.run(session, now, SWEPT);
            if (session.one(
                            "SELECT slot FROM password_reset WHERE due_at IS NOT NULL LIMIT 1 OFFSET ?",
                            row -> row.number("slot"),
                            (long) MOST - 1)
                    .isPresent()) {
                return false;
            }
            var _ = session.update(
                    "DELETE FROM password_reset WHERE username = ? AND ends_at <= ?", asked.username(), Micros.of(now));
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
                    Micros.of(now),
                    asked.language(),
                    Micros.of(now),
                    Micros.of(now.plus(KEPT)),
                    Ids.of(asked.api()));
            return true;
        });
    }

    @Override
    public List<Taken<Asked>> take(int most, Instant now) {
        return rows.due(now)
                ? db.write(Lane.ADMIN, session -> {
                    var _ = session.update(
                            "DELETE FROM password_reset WHERE due_at <= ? AND NOT EXISTS (SELECT 1 FROM person"
                                    + " WHERE person.username = password_reset.username AND NOT person.revoked)",
                            Micros.of(now));
                    return rows.take(session, most, now, now.plus(lease()));
                })
                : List.of();
    }

    private static Asked asked(Row row) {
        return new Asked(row.text("username"), Ids.read(row, "api", Kind.API), row.text("language"));
    }

    @Override
    public boolean room(Taken<Asked> taken, Bytes mailbox, Instant now) {
        return db.write(Lane.ADMIN, session -> {
            boolean room = mailboxes.place(session, mailbox, now);
            if (!room) {
                var _ = rows.settled(session, taken);
            }
            return room;
        });
    }

    @Override
    public void delivered(Taken<Asked> taken, Act act) {
        var _ = writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Asked asked = taken.notice();
            if (!rows.settled(transaction.session(), taken)) {
                return new Stored.Missing<>();
            }
            transaction
                    .session()
                    .one("SELECT " + Columns.USER + " FROM person WHERE username = ?", Columns::user, asked.username())
                    .ifPresent(user -> transaction.audit(
                            "user.letter",
                            Optional.of(user.organization()),
                            user.id(),
                            Detail.of("about", "password").with("api", asked.api())));
            return new Stored.Done<>(taken);
        });
    }

    @Override
    public Stored<Taken<Asked>> giveUp(Taken<Asked> taken, String why, Act act) {
        return db.write(Lane.ADMIN, session -> rows.settled(session, taken))
                ? new Stored.Done<>(taken)
                : new Stored.Missing<>();
    }

    @Override
    public void forget(Taken<Asked> taken) {
        var _ = db.write(Lane.ADMIN, session -> rows.gone(session, taken));
    }

    @Override
    public void again(Taken<Asked> taken, Instant due) {
        rows.again(taken, due);
    }
}
