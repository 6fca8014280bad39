package dev.gatehouse.storage.db;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.secret.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The schema and its migrations. Flyway runs only when there is something to do: asking its history table
/// first takes a millisecond, starting Flyway to find nothing takes hundreds.
public record Schema(String url, String user, Secret password, String location) {
    /// The newest migration of this release. A release also runs on the next one's schema (expand and
    /// contract), not further.
    public static final int CURRENT = 66;

    private static final String HISTORY = "flyway_schema_history";

    static Schema sqlite(Path file) {
        // The journal's mode is changed here, where nobody else has the file open: two connections that change it at
        // once fail with SQLITE_BUSY.
        return new Schema(
                "jdbc:sqlite:" + file + "?journal_mode=WAL",
                "",
                Secret.of(""),
                "classpath:gatehouse-migrations/sqlite");
    }

    static Schema postgres(PostgresAddress address) {
        return new Schema(
                address.url(), address.user(), address.password(), "classpath:gatehouse-migrations/postgresql");
    }

    /// Migrates to [#CURRENT] when the schema is older.
    ///
    /// @throws Refused when the schema is more than one version newer
    void bring() {
        int found = found();
        if (found > CURRENT + 1) {
            throw new Refused("the schema is version " + found + ", this release knows " + CURRENT);
        }
        if (found < CURRENT) {
            migrate(found == 0);
        }
    }

    private int found() {
        try (Connection connection = DriverManager.getConnection(url, user, password.reveal())) {
            return found(connection);
        } catch (SQLException e) {
            throw new FactsUnavailable("the database cannot be reached", e);
        }
    }

    /// The newest migration that a database has; 0 when it has none.
    public static int found(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, new String[] {"TABLE"})) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet newest = statement.executeQuery(
                        "SELECT max(CAST(version AS INTEGER)) FROM " + HISTORY + " WHERE success")) {
            return newest.next() ? newest.getInt(1) : 0;
        }
    }

    /// @param empty whether nobody uses the database yet: then all migrations are one transaction, written out once
    private void migrate(boolean empty) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(url, user, password.reveal())
                    .locations(location)
                    .loggers("slf4j")
                    .failOnMissingLocations(true)
                    .group(empty)
                    .placeholderReplacement(false)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new FactsUnavailable("the schema could not be brought up to date", e);
        }
    }
}
