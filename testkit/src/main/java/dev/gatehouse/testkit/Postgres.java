package dev.gatehouse.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL server, started once for each JVM that asks for a database, and ended with it.
public final class Postgres {
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "100")
                        .setServerConfig("shared_buffers", "32MB")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /// A database of its own.
    ///
    /// @param url JDBC URL without user and password
    public record Database(String url, String user, String password) {}

    private Postgres() {}

    /// Makes an empty database.
    public static Database database() {
        return created("");
    }

    /// Makes a database with what is in another one, which nobody is connected to.
    public static Database copy(Database of) {
        return created(" TEMPLATE " + of.url().substring(of.url().lastIndexOf('/') + 1));
    }

    private static Database created(String more) {
        String name = "gatehouse_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + more);
        } catch (SQLException e) {
            throw new IllegalStateException("no database", e);
        }
        return new Database(
                "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name, "postgres", "postgres");
    }
}
