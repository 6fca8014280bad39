package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEventStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is still to be told of connections, in SQL: a row each, with the newest.
final class SqlConnectionEvents implements ConnectionEventStore {
    private static final String DUE = "connection, organization, type, because, at, attempt, tries";

    private final Db db;
    private final Writes writes;

    /// Attempts are counted anew once a row is gone, so that only the time tells whether it is the same event.
    private final OutboxRows rows;

    SqlConnectionEvents(Db db, Writes writes) {
        this.db = db;
        this.rows = new OutboxRows(db, "connection_event", "connection", "at");
        this.writes = writes.ofDataPlane();
    }

    /// Something happens, in the transaction that makes it happen. Whoever delivers what was there comes too late.
    static void happened(Transaction transaction, Connection connection, Type type, String because) {
        long at = Micros.of(transaction.act().at());
        transaction
                .session()
                .update(
                        """
                        INSERT INTO connection_event (connection, organization, type, because, at, attempt, tries, due_at)
                        VALUES (?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT (connection) DO UPDATE SET type = excluded.type,
                        because = excluded.because, at = excluded.at, attempt = connection_event.attempt + 1, tries = 0,
                        due_at = excluded.due_at""",
                        Ids.of(connection.id()),
                        Ids.of(connection.organization()),
                        type.name().toLowerCase(Locale.ROOT),
                        because,
                        at,
                        at);
    }

    /// A node that comes second finds that what it saw is not due any more.
    @Override
    public List<Due> take(int most, Instant now) {
        return !rows.due(now)
                ? List.of()
                : db.write(
                        Lane.ADMIN,
                        session -> session.list(
                                "UPDATE connection_event SET attempt = attempt + 1, due_at = ? WHERE due_at <= ?"
                                        + " AND connection IN (SELECT connection FROM connection_event"
                                        + " WHERE due_at <= ? ORDER BY due_at, connection LIMIT ?) RETURNING " + DUE,
                                SqlConnectionEvents::due,
                                Micros.of(now.plus(LEASE)),
                                Micros.of(now),
                                Micros.of(now),
                                (long) most));
    }

    private static Due due(Row row) {
        return new Due(
                new Event(
                        Ids.read(row, "connection", Kind.CONNECTION),
                        Ids.read(row, "organization", Kind.ORGANIZATION),
                        Type.valueOf(row.text("type").toUpperCase(Locale.ROOT)),
                        row.text("because"),
                        Micros.read(row.number("at"))),
                row.number("attempt"),
                row.number("tries"));
    }

    @Override
    public void delivered(Due due) {
        rows.delivered(due.attempt(), names(due));
    }

    private static Object[] names(Due due) {
        return new Object[] {
            Ids.of(due.event().connection()), Micros.of(due.event().at())
        };
    }

    @Override
    public void again(Due due, Instant at) {
        rows.again(at, due.tries(), due.attempt(), names(due));
    }

    @Override
    public Stored<Due> giveUp(Due due, String why, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (!rows.gone(transaction.session(), due.attempt(), names(due))) {
                return new Stored.Missing<>();
            }
            transaction.audit(
                    "connection.undelivered",
                    Optional.of(due.event().organization()),
                    due.event().connection(),
                    Detail.of("event", due.event().type().wire())
                            .with("why", why)
                            .with("attempts", due.tries()));
            return new Stored.Done<>(due);
        });
    }
}
