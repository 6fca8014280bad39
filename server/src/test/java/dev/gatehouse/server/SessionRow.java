package dev.gatehouse.server;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/// An open session as a row. Nothing of the admin API opens one, an Api that lets users log in does; what the
/// admin API shows and ends is read from the database.
final class SessionRow {
    private static final AtomicLong NEXT = new AtomicLong(1);
    private static final long FAR = 4_000_000_000_000_000L;

    /// So that what stands next to an id is the id of nothing.
    private static final long APART = 1_000;

    private SessionRow() {}

    /// The id of a session of this user.
    static String insert(RunningServer server, String user, String member, String organization, String password) {
        Id id = new Id(Kind.SESSION, NEXT.getAndAdd(APART));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + server.database() + "?busy_timeout=5000");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO login_session (id, person,"
                        + " membership, organization, credential, credential_generation, member_generation,"
                        + " organizations_generation, opened_at, ends_at, idle, seen_at, apis, single, ended, pepper,"
                        + " digest, dies_at) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?, 1, 0, '', 0, 0, 1, ?, ?)")) {
            insert.setLong(1, stored(id.text()));
            insert.setLong(2, stored(user));
            insert.setLong(3, stored(member));
            insert.setLong(4, stored(organization));
            insert.setLong(5, stored(password));
            insert.setLong(6, FAR);
            insert.setBytes(7, ByteBuffer.allocate(32).putLong(id.value()).array());
            insert.setLong(8, FAR);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return id.text();
    }

    private static long stored(String id) {
        return Id.parse(id).orElseThrow().value() ^ Long.MIN_VALUE;
    }
}
