package dev.gatehouse.storage.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// A connection and its prepared statements. Statement texts are constants of the program, so their number is
/// bounded by it; past [#MAX] all are closed and begin again.
final class Statements implements AutoCloseable {
    private static final int MAX = 256;

    private final Connection connection;
    private final Map<String, PreparedStatement> bySql = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = bySql.get(sql);
        if (known != null) {
            return known;
        }
        if (bySql.size() >= MAX) {
            close();
        }
        PreparedStatement fresh = connection.prepareStatement(sql);
        bySql.put(sql, fresh);
        return fresh;
    }

    /// Closes the statements; the connection stays.
    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : bySql.values()) {
            statement.close();
        }
        bySql.clear();
    }
}
