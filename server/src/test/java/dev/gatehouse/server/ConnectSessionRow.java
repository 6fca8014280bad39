package dev.gatehouse.server;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// A connect session as a row.
final class ConnectSessionRow {
    private static final AtomicLong NEXT = new AtomicLong(1);
    private static final long FAR = 4_000_000_000_000_000L;

    /// So that what stands next to an id is the id of nothing.
    private static final long APART = 1_000;

    private ConnectSessionRow() {}

    /// The id of an open session of this organization.
    static String insert(RunningServer server, String organization) {
        long number = NEXT.getAndAdd(APART);
        Id id = new Id(Kind.CONNECT_SESSION, number);
        StoredRows.change(
                server.database(),
                String.format(
                        Locale.ROOT,
                        "INSERT INTO connect_session (id, organization, api, connection, again, platform, name, began_by,"
                                + " return_to, state, pepper, digest, sealed, created_at, dies_at) VALUES (%d, %d, 1, %d, 0,"
                                + " 'HubSpot', 'crm', 'ann', 'https://app.example/', 'open', 1, x'%064x', x'00', 0, %d)",
                        stored(id),
                        stored(Id.parse(organization).orElseThrow()),
                        stored(id),
                        number,
                        FAR));
        return id.text();
    }

    private static long stored(Id id) {
        return id.value() ^ Long.MIN_VALUE;
    }
}
