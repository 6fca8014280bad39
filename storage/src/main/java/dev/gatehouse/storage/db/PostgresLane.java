package dev.gatehouse.storage.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One lane's pool and the permits before it: nobody waits for a connection without a bound, and nobody takes a
/// second one while holding one.
final class PostgresLane implements AutoCloseable {
    /// How often one decision is made again after a conflict with another transaction.
    private static final int ATTEMPTS = 30;

    private static final long BACKOFF_NANOS = 500_000;
    private static final int CONNECT_SECONDS = 2;
    private static final int SOCKET_SECONDS = 10;

    /// A beat that has not been answered by then is of no use: its lease is almost over.
    private static final int BEAT_SOCKET_SECONDS = 1;

    private final HikariDataSource pool;
    private final Semaphore permits;
    private final Duration wait;

    private PostgresLane(HikariDataSource pool, int size, Duration wait) {
        this.pool = pool;
        this.permits = new Semaphore(size, true);
        this.wait = wait;
    }

    static PostgresLane open(Lane lane, PostgresAddress address, Bounds bounds) {
        int size = size(lane);
        long statementMillis = (lane == Lane.BEAT ? bounds.beat() : bounds.run()).toMillis();
        HikariConfig config = new HikariConfig();
        config.setPoolName("gatehouse-" + lane);
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password().reveal());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(1000);
        config.setValidationTimeout(500);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("SET synchronous_commit = on; SET statement_timeout = " + statementMillis
                + "; SET lock_timeout = " + statementMillis + "; SET idle_in_transaction_session_timeout = "
                + bounds.beat().toMillis());
        config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("socketTimeout", lane == Lane.BEAT ? BEAT_SOCKET_SECONDS : SOCKET_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("ApplicationName", "gatehouse");
        return new PostgresLane(new HikariDataSource(config), size, bounds.wait(lane));
    }

    private static int size(Lane lane) {
        return switch (lane) {
            case VERIFY, DATA -> 4;
            case WHOLE -> 2;
            case CALLS, ADMIN -> 3;
            case BEAT -> 1;
        };
    }

    <T> T read(Work<T> work) {
        permit();
        try (Connection connection = pool.getConnection();
                Statements statements = new Statements(connection)) {
            return work.run(new Session(statements));
        } catch (SQLException e) {
            throw Failure.of(e);
        } finally {
            permits.release();
        }
    }

    <T> T write(Isolation isolation, Work<T> work) {
        permit();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(isolation, work);
                } catch (Failure e) {
                    if (!e.conflict() || attempt == ATTEMPTS) {
                        throw e;
                    }
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(BACKOFF_NANOS * attempt));
                }
            }
        } finally {
            permits.release();
        }
    }

    private <T> T once(Isolation isolation, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (Statements statements = new Statements(connection)) {
                Session session = new Session(statements);
                begin(isolation, statements);
                T result = work.run(session);
                if (session.rollsBack()) {
                    connection.rollback();
                } else {
                    commit(connection, session);
                }
                return result;
            } catch (RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    private static void begin(Isolation isolation, Statements statements) throws SQLException {
        switch (isolation) {
            case READ_COMMITTED -> {}
            case REPEATABLE_READ ->
                statements
                        .prepared("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                        .execute();
            case SERIALIZABLE ->
                statements
                        .prepared("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                        .execute();
        }
    }

    private static void commit(Connection connection, Session session) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (!Failure.conflicts(e)) {
                session.uncertain();
            }
            throw e;
        }
        session.committed();
    }

    private static void rollback(Connection connection, Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private void permit() {
        try {
            if (!permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new FactsUnavailable("the database was too busy to begin within " + wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FactsUnavailable("interrupted while waiting for the database", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
