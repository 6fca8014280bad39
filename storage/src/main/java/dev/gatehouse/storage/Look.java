package dev.gatehouse.storage;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.storage.db.DataFolder;
import dev.gatehouse.storage.db.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/// Looks at databases without changing them.
final class Look {
    private static final String SECONDS = "5";

    private Look() {}

    /// The embedded database of a folder, checked for damage when no node has it.
    static Probe sqlite(Path folder) {
        Path file = DataFolder.file(folder);
        try {
            if (Files.notExists(file) || Files.size(file) == 0) {
                return new Probe.Absent();
            }
            return DataFolder.taken(folder) ? new Probe.InUse() : sqliteFile(file);
        } catch (IOException e) {
            return new Probe.Broken(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Probe sqliteFile(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            String damage = text(statement, "PRAGMA quick_check(1)");
            return damage.equals("ok")
                    ? new Probe.Answers(
                            "SQLite " + text(statement, "SELECT sqlite_version()"),
                            Schema.found(connection),
                            Schema.CURRENT,
                            Duration.ZERO,
                            true)
                    : new Probe.Broken(file + " is damaged: " + damage);
        } catch (SQLException e) {
            return new Probe.Broken(file + ": " + e.getMessage());
        }
    }

    /// A database on a PostgreSQL server.
    static Probe postgresql(String url, String user, Secret password, InstantSource clock) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            Instant before = clock.instant();
            Instant theirs = Instant.ofEpochMilli(Long.parseLong(
                    text(statement, "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint")));
            Instant middle =
                    before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            return new Probe.Answers(
                    "PostgreSQL " + text(statement, "SHOW server_version"),
                    Schema.found(connection),
                    Schema.CURRENT,
                    Duration.between(middle, theirs),
                    text(statement, "SELECT pg_is_in_recovery()").equals("f"));
        } catch (SQLException e) {
            return new Probe.Broken(String.valueOf(e.getMessage()));
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
