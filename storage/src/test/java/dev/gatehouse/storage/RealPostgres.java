package dev.gatehouse.storage;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.storage.db.PostgresAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A PostgreSQL server for the tests of one class, with an empty database for whoever asks.
public final class RealPostgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private int databases;

    private RealPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    public static RealPostgres start() throws IOException {
        return new RealPostgres(EmbeddedPostgres.builder().start());
    }

    public PostgresAddress database() throws SQLException {
        String name = "t" + ++databases;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE DATABASE " + name);
        }
        return new PostgresAddress(server.getJdbcUrl("postgres", name), "postgres", Secret.of(""));
    }

    public static Connection connect(PostgresAddress address) throws SQLException {
        return java.sql.DriverManager.getConnection(
                address.url(), address.user(), address.password().reveal());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
