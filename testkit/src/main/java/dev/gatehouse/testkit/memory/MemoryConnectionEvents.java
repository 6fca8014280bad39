package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.ConnectionEvent;
import java.time.Instant;
import java.util.Optional;

/// What is still to be told of connections, in memory.
final class MemoryConnectionEvents {
    private MemoryConnectionEvents() {}

    /// Something happens to a connection.
    static void happened(Transaction transaction, Connection connection, ConnectionEvent.Type type, String because) {
        Tables tables = transaction.tables();
        Instant at = Micros.of(transaction.act().at());
        long attempt = Optional.ofNullable(tables.connectionEvents.get(connection.id()))
                .map(row -> row.taken().attempt() + 1)
                .orElse(0L);
        ConnectionEvent event = new ConnectionEvent(connection.id(), connection.organization(), type, because);
        tables.connectionEvents.put(connection.id(), OutboxRows.Row.due(event, attempt, at));
    }
}
