package dev.gatehouse.storage.feed;

import dev.gatehouse.storage.db.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Listens for what other nodes say when somebody waits for a change: a thread and a connection of its own. Only
/// speed rests on it: a hint that is lost costs at most the time between two beats.
final class Hints implements AutoCloseable {
    /// The channel of NOTIFY; the payload is the id of the node that sent it.
    static final String CHANNEL = "gatehouse_change";

    private static final int WAIT_MILLIS = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String CONNECT_SECONDS = "2";

    private final PostgresAddress address;
    private final String self;
    private final Runnable hinted;
    private final Thread thread;
    private volatile boolean closed;

    /// @param hinted called for each hint of another node
    Hints(PostgresAddress address, long self, Runnable hinted) {
        this.address = address;
        this.self = Long.toString(self);
        this.hinted = hinted;
        this.thread = Thread.ofPlatform().daemon().name("gatehouse-hints").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            if (!listened()) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    /// Whether it ended because it was closed, not because the connection was lost.
    private boolean listened() {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password().reveal());
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "gatehouse hints");
        try (Connection connection = new Driver().connect(address.url(), properties)) {
            if (connection == null) {
                return false;
            }
            try (Statement statement = connection.createStatement()) {
                boolean _ = statement.execute("LISTEN " + CHANNEL);
            }
            // What was said before the LISTEN is not heard.
            hinted.run();
            listen(connection.unwrap(PGConnection.class));
            return true;
        } catch (SQLException e) {
            return closed;
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (!closed) {
            for (PGNotification hint : connection.getNotifications(WAIT_MILLIS)) {
                if (!hint.getParameter().equals(self)) {
                    hinted.run();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
