package dev.gatehouse.storage.sql;

import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Rows of what is still to be told to somebody. Whoever took one says what became of it under the number of that
/// attempt, and since when it was to be told, so that it changes nothing once somebody else has taken it, or
/// the row is another one's, or it is settled.
final class OutboxRows<N> {
    /// A table of them, which has `attempt`, `tries` and `due_at` besides.
    ///
    /// @param key the columns of its primary key
    /// @param names the columns that name a notice; with `since` they name its row
    /// @param since the column that says since when it is to be told
    /// @param columns those that make a notice
    /// @param inTurn whether each `application` gets its turn
    record Table<N>(
            String table,
            String key,
            String names,
            String since,
            String columns,
            boolean inTurn,
            Function<Row, N> notice,
            Function<N, List<Object>> named) {}

    private final Db db;
    private final Table<N> table;
    private final String taken;
    private final String row;

    OutboxRows(Db db, Table<N> table) {
        this.db = db;
        this.table = table;
        this.row = " WHERE " + table.names().replace(", ", " = ? AND ") + " = ? AND " + table.since()
                + " = ? AND attempt = ? AND due_at IS NOT NULL";
        String due = table.table() + " WHERE due_at <= ?";
        String mine = table.inTurn()
                ? "(SELECT " + table.key() + ", due_at, ROW_NUMBER() OVER (PARTITION BY application ORDER BY due_at, "
                        + table.key() + ") AS place FROM " + due + ") AS due WHERE place <= "
                        + OutboxStore.OF_APPLICATION
                : due;
        this.taken = "UPDATE " + table.table() + " SET attempt = attempt + 1, due_at = ? WHERE due_at <= ? AND ("
                + table.key() + ") IN (SELECT " + table.key() + " FROM " + mine + " ORDER BY due_at, " + table.key()
                + " LIMIT ?) RETURNING " + columns();
    }

    /// All that is read of a row.
    String columns() {
        return table.columns() + ", attempt, tries, " + table.since();
    }

    /// Reads them.
    Taken<N> read(Row row) {
        return new Taken<>(
                table.notice().apply(row),
                row.number("attempt"),
                row.number("tries"),
                Micros.read(row.number(table.since())));
    }

    /// Whether something is due. Most of the time nothing is, and nobody has to write.
    boolean due(Instant now) {
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                                "SELECT due_at FROM " + table.table() + " WHERE due_at <= ? LIMIT 1",
                                row -> row.number("due_at"),
                                Micros.of(now))
                        .isPresent());
    }

    /// Takes those that are due. Whoever comes second finds that what it saw is not due any more.
    List<Taken<N>> take(Session session, int most, Instant now, Instant until) {
        return session.list(taken, this::read, Micros.of(until), Micros.of(now), Micros.of(now), (long) most);
    }

    /// It is due again then, tried so often.
    void again(Taken<N> taken, Instant due) {
        var _ = db.write(
                Lane.ADMIN,
                session -> change(
                        session,
                        "UPDATE " + table.table() + " SET due_at = ?, tries = ?",
                        taken,
                        Micros.of(due),
                        taken.tries()));
    }

    /// Takes it out. False when it is not that attempt's any more.
    boolean gone(Session session, Taken<N> taken) {
        return change(session, "DELETE FROM " + table.table(), taken);
    }

    /// Keeps it, never due again. False when it is not that attempt's any more.
    boolean settled(Session session, Taken<N> taken) {
        return change(session, "UPDATE " + table.table() + " SET due_at = NULL", taken);
    }

    private boolean change(Session session, String what, Taken<N> taken, Object... first) {
        List<Object> values = new ArrayList<>(List.of(first));
        values.addAll(table.named().apply(taken.notice()));
        values.add(Micros.of(taken.since()));
        values.add(taken.attempt());
        return session.update(what + row, values.toArray()) > 0;
    }
}
