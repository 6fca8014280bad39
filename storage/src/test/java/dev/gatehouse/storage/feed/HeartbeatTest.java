package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.RealPostgres;
import dev.gatehouse.storage.db.Bounds;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.db.PostgresDb;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The beating thread on a real PostgreSQL. Where beats are an hour apart, only being woken lets a test end.
@Timeout(60)
class HeartbeatTest {
    private static final Timing HOURLY = Timing.of(Duration.ofHours(2), Duration.ofHours(1));
    private static final Change CHANGE = new Change(Kind.CREDENTIAL, 1);
    private static RealPostgres server;

    private final SharedFeed feed = new SharedFeed();
    private final Memory memory = new Memory();
    private PostgresAddress address;
    private Db db;

    @BeforeAll
    static void startServer() throws IOException {
        server = RealPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void openDatabase() throws SQLException {
        address = server.database();
        db = PostgresDb.open(address, Bounds.DEFAULT);
    }

    @AfterEach
    void closeDatabase() {
        db.close();
    }

    private static final class Memory implements Follower {
        final List<Change> applied = new CopyOnWriteArrayList<>();
        volatile boolean broken;

        @Override
        public void restart() {}

        @Override
        public void apply(List<Change> changes) {
            if (broken) {
                throw new StackOverflowError("for the test");
            }
            applied.addAll(changes);
        }
    }

    private Heartbeat beating(Timing timing) {
        return Heartbeat.start(
                db,
                feed,
                memory,
                address,
                timing,
                1,
                System::nanoTime,
                InstantSource.system(),
                new DatabaseClock(System::nanoTime, InstantSource.system()),
                new SplittableRandom(1));
    }

    private long publish() {
        return db.write(Lane.ADMIN, session -> feed.publish(session, List.of(CHANGE)));
    }

    @Test
    void whoWaitsOnThisNodeWakesTheBeat() {
        try (Heartbeat heart = beating(HOURLY)) {
            heart.awaitHere(publish());
            assertThat(memory.applied).containsExactly(CHANGE);
        }
    }

    @Test
    void aHintThatFailsCostsNoBeat() throws SQLException {
        try (Connection connection = RealPostgres.connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE plpgsql"
                    + " AS $$ BEGIN RAISE EXCEPTION 'for the test'; END $$");
            statement.execute("ALTER DATABASE " + connection.getCatalog() + " SET search_path = public, pg_catalog");
        }
        db.close();
        db = PostgresDb.open(address, Bounds.DEFAULT);
        try (Heartbeat heart = beating(HOURLY)) {
            heart.awaitEverywhere(publish());
            assertThat(memory.applied).containsExactly(CHANGE);
            assertThat(heart.lastFailure()).isEmpty();
        }
    }

    @Test
    void anErrorEndsTheLeaseAndNotTheThread() {
        try (Heartbeat heart = beating(Timing.STANDARD)) {
            memory.broken = true;
            long position = publish();
            while (heart.lastFailure().isEmpty() || heart.fresh(System.nanoTime())) {
                Thread.onSpinWait();
            }
            assertThat(heart.lastFailure().orElseThrow()).isInstanceOf(StackOverflowError.class);
            memory.broken = false;
            while (!heart.fresh(System.nanoTime())) {
                Thread.onSpinWait();
            }
            heart.awaitHere(position);
            assertThat(memory.applied).containsExactly(CHANGE);
        }
    }
}
