package dev.gatehouse.storage.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import org.sqlite.SQLiteConfig;

/// One connection to the data file, opened when it is first needed and again after it was dropped. For one
/// thread.
final class SqliteConnection {
    private static final int BUSY_MILLIS = 2000;

    private final Path file;
    private final boolean writes;
    private final ArrayDeque<Statements> open = new ArrayDeque<>(1);

    SqliteConnection(Path file, boolean writes) {
        this.file = file;
        this.writes = writes;
    }

    Statements statements() throws SQLException {
        if (open.isEmpty()) {
            open.add(new Statements(connect()));
        }
        return open.element();
    }

    /// Runs a statement of transaction control.
    void control(String sql) throws SQLException {
        statements().prepared(sql).execute();
    }

    /// Closes the connection, and with it whatever transaction is open; the next use opens another.
    void drop() {
        while (!open.isEmpty()) {
            try {
                open.remove().connection().close();
            } catch (SQLException e) {
                System.getLogger(SqliteConnection.class.getName())
                        .log(System.Logger.Level.WARNING, "a connection to the data file did not close", e);
            }
        }
    }

    private Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            // Deleted content is overwritten: an erased private part must not stay in a free page.
            statement.execute(writes ? "PRAGMA secure_delete = ON" : "PRAGMA query_only = ON");
        }
        return connection;
    }
}
