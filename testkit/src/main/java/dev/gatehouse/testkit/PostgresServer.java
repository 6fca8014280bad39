package dev.gatehouse.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// A real PostgreSQL server of one test, which may end it and start it again over the same data and port.
public final class PostgresServer implements AutoCloseable {
    /// Who owns everything in it.
    public static final String USER = "postgres";

    private final Path folder;
    private final int port;
    private EmbeddedPostgres running;

    private PostgresServer(Path folder, EmbeddedPostgres running) {
        this.folder = folder;
        this.port = running.getPort();
        this.running = running;
    }

    /// Starts a server with its data in this folder, on a free port.
    public static PostgresServer start(Path folder) {
        return new PostgresServer(folder, start(folder, 0));
    }

    private static EmbeddedPostgres start(Path folder, int port) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "32MB");
            return (port == 0 ? builder : builder.setPort(port)).start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /// Where it listens, on the loopback.
    public int port() {
        return port;
    }

    /// Makes an empty database.
    public void create(String database) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new IllegalStateException("no database", e);
        }
    }

    /// A connection past every proxy.
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, USER);
    }

    /// Ends it as an operator would: connections are closed at once, nothing is lost.
    public void stop() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }

    /// Starts it again after [#stop()].
    public void startAgain() {
        running = start(folder, port);
    }

    @Override
    public void close() {
        stop();
    }
}
