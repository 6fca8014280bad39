package dev.gatehouse.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything that is stored but the audit trail, read from the database file itself: by table the number of rows
/// and a digest of them. The oracle O-STATE of the gauntlet.
final class StoredRows {
    private StoredRows() {}

    static Map<String, String> of(Path folder) {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                tables.put(table, digest(rows(statement, table)));
            }
        } catch (SQLException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    /// Changes rows behind everybody's back.
    static void change(Path database, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database + "?busy_timeout=5000");
                Statement statement = connection.createStatement()) {
            if (statement.executeUpdate(sql) == 0) {
                throw new IllegalStateException("no row was changed: " + sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(Set<String> rows) throws NoSuchAlgorithmException {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(rows.toString().getBytes(StandardCharsets.UTF_8));
        return rows.size() + " " + HexFormat.of().formatHex(digest);
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (result.next()) {
                String name = result.getString(1);
                if (!name.startsWith("audit") && !name.startsWith("sqlite_")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static Set<String> rows(Statement statement, String table) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (ResultSet result = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    byte[] bytes = result.getBytes(i);
                    row.add(bytes == null ? "null" : Arrays.toString(bytes));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
