package dev.gatehouse.storage.sql;

import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Rows of what is still to be told to somebody. Whoever took one says what became of it under the number of that
/// attempt, so that it changes nothing once somebody else has taken it. The table has `attempt`, `tries` and
/// `due_at` besides what names a row.
final class OutboxRows {
    private final Db db;
    private final String table;
    private final String row;

    /// @param names the columns that name a row, in the order in which their values are given
    OutboxRows(Db db, String table, String... names) {
        this.db = db;
        this.table = table;
        this.row = " WHERE " + String.join(" = ? AND ", names) + " = ? AND attempt = ?";
    }

    /// Whether something is due. Most of the time nothing is, and nobody has to write.
    boolean due(Instant now) {
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                                "SELECT due_at FROM " + table + " WHERE due_at <= ? LIMIT 1",
                                row -> row.number("due_at"),
                                Micros.of(now))
                        .isPresent());
    }

    /// It was delivered.
    void delivered(long attempt, Object... names) {
        var _ = db.write(Lane.ADMIN, session -> gone(session, attempt, names));
    }

    /// Takes it out. False when it is not that attempt's any more.
    boolean gone(Session session, long attempt, Object... names) {
        return session.update("DELETE FROM " + table + row, values(List.of(), names, attempt)) == 1;
    }

    /// It is due again then, tried so often.
    void again(Instant due, long tries, long attempt, Object... names) {
        var _ = db.write(
                Lane.ADMIN,
                session -> session.update(
                        "UPDATE " + table + " SET due_at = ?, tries = ?" + row,
                        values(List.of(Micros.of(due), tries), names, attempt)));
    }

    private static Object[] values(List<Object> first, Object[] names, long attempt) {
        List<Object> values = new ArrayList<>(first);
        values.addAll(List.of(names));
        values.add(attempt);
        return values.toArray();
    }
}
