package dev.gatehouse.bench;

import dev.gatehouse.testkit.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Where a Gatehouse keeps its data.
sealed interface Database {
    /// Lines of the node's configuration.
    String settings();

    /// SQLite in the node's own folder.
    record Sqlite() implements Database {
        @Override
        public String settings() {
            return "";
        }
    }

    /// A database of its own on the PostgreSQL that all servers share.
    record PostgreSql(Postgres.Database at) implements Database {
        static PostgreSql fresh() {
            return new PostgreSql(Postgres.database());
        }

        @Override
        public String settings() {
            return "database: {url: '%s', user: %s, password: %s}\n".formatted(at.url(), at.user(), at.password());
        }

        Connection connect() throws SQLException {
            return DriverManager.getConnection(at.url(), at.user(), at.password());
        }

        /// Transactions that were committed in it so far; every look-up is one.
        long committed() {
            try (Connection connection = connect();
                    var rows = connection
                            .createStatement()
                            .executeQuery(
                                    "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")) {
                rows.next();
                return rows.getLong(1);
            } catch (SQLException e) {
                throw new BenchException("PostgreSQL does not tell its transactions", e);
            }
        }
    }
}
