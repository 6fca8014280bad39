package dev.gatehouse.storage.db;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Platform threads, each with a connection of its own, and the bounded queue before them. Callers wait on
/// their own threads, so that no native call ever holds a virtual thread's carrier.
final class SqliteLane implements AutoCloseable {
    /// How a thread serves what it took from the queue.
    interface Server {
        /// Serves units that have not begun. When it throws, those without an answer fail.
        void serve(List<Unit<?>> units, SqliteConnection connection) throws SQLException;
    }

    private static final System.Logger LOG = System.getLogger(SqliteLane.class.getName());
    private static final int QUEUE = 1024;

    private final BlockingQueue<Unit<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> threads = new ArrayList<>();
    private final int batch;
    private final Server server;
    private volatile boolean closed;

    private SqliteLane(int batch, Server server) {
        this.batch = batch;
        this.server = server;
    }

    static SqliteLane open(String name, List<SqliteConnection> connections, int batch, Server server) {
        SqliteLane lane = new SqliteLane(batch, server);
        for (SqliteConnection connection : connections) {
            lane.threads.add(Thread.ofPlatform().daemon().name("sqlite-" + name).start(() -> lane.loop(connection)));
        }
        return lane;
    }

    <T> T call(Work<T> work, Duration wait, Duration run) {
        Unit<T> unit = new Unit<>(work);
        if (closed || !queue.offer(unit)) {
            throw new FactsUnavailable(closed ? "the database is closed" : "too many wait for the database");
        }
        return unit.await(wait, run);
    }

    private void loop(SqliteConnection connection) {
        List<Unit<?>> units = new ArrayList<>();
        while (!closed) {
            try {
                Unit<?> first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    units.add(first);
                    queue.drainTo(units, batch - 1);
                    served(units, connection);
                }
            } catch (InterruptedException e) {
                closed = true;
            }
            units.clear();
        }
        connection.drop();
    }

    /// Whatever happens, every unit is answered and the thread goes on with the next ones, on a new connection
    /// when it has to be.
    private void served(List<Unit<?>> units, SqliteConnection connection) {
        try {
            server.serve(units, connection);
        } catch (FactsUnavailable e) {
            connection.drop();
            units.forEach(unit -> unit.fail(e));
        } catch (Throwable e) {
            connection.drop();
            units.forEach(unit -> unit.fail(new FactsUnavailable("the database failed", e)));
            LOG.log(System.Logger.Level.ERROR, "the data file could not be used; the next try opens it again", e);
        }
    }

    /// One read after the other, each on its own.
    static void read(List<Unit<?>> units, SqliteConnection connection) {
        for (Unit<?> unit : units) {
            if (unit.begin()) {
                try {
                    unit.run(new Session(connection.statements())).run();
                } catch (SQLException e) {
                    unit.fail(Failure.of(e));
                    connection.drop();
                } catch (RuntimeException | Error e) {
                    unit.fail(e);
                    connection.drop();
                }
            }
        }
    }

    /// Waits for what has begun; whatever still waits gives up by its own bound.
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        List<Unit<?>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(unit -> unit.fail(new FactsUnavailable("the database is closed")));
    }
}
