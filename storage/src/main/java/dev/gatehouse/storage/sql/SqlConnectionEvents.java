package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.storage.db.Row;
import java.util.List;
import java.util.Locale;

/// What is still to be told of connections, in SQL: a row each, with the newest.
final class SqlConnectionEvents {
    /// Where they stand. Attempts are counted anew once a row is gone, so that only the time tells whether it
    /// is the same event.
    static final OutboxRows.Table<ConnectionEvent> TABLE = new OutboxRows.Table<>(
            "connection_event",
            "connection",
            "connection",
            "at",
            "connection, organization, type, because",
            false,
            SqlConnectionEvents::event,
            event -> List.of(Ids.of(event.connection())));

    private SqlConnectionEvents() {}

    /// Something happens, in the transaction that makes it happen. Whoever delivers what was there comes too late.
    static void happened(Transaction transaction, Connection connection, ConnectionEvent.Type type, String because) {
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

    private static ConnectionEvent event(Row row) {
        return new ConnectionEvent(
                Ids.read(row, "connection", Kind.CONNECTION),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                ConnectionEvent.Type.valueOf(row.text("type").toUpperCase(Locale.ROOT)),
                row.text("because"));
    }
}
