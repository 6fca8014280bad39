package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.RealPostgres;
import dev.gatehouse.storage.db.Bounds;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Isolation;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.db.PostgresDb;
import dev.gatehouse.storage.db.Stored64;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The change feed against a real PostgreSQL, and the two natural ways to read it that fail.
class SharedFeedTest {
    private static final int WRITERS = 6;
    private static final int TRANSACTIONS = 150;
    private static RealPostgres server;

    private final SharedFeed feed = new SharedFeed();
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

    private SharedFeed.Poll baseline() {
        return db.write(Lane.BEAT, Isolation.REPEATABLE_READ, feed::baseline);
    }

    private SharedFeed.Poll since(SharedFeed.Poll last) {
        return db.write(Lane.BEAT, Isolation.REPEATABLE_READ, session -> feed.poll(session, last.position()));
    }

    private Connection transaction() throws SQLException {
        Connection connection = RealPostgres.connect(address);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void insert(Connection connection, long id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO change (kind, id) VALUES ('cred', " + Stored64.of(id) + ")");
        }
    }

    /// A transaction that has nothing to do with changes and stays open.
    private Connection unrelated() throws SQLException {
        Connection connection = transaction();
        try (Statement statement = connection.createStatement();
                var results = statement.executeQuery("SELECT pg_current_xact_id()")) {
            assertThat(results.next()).isTrue();
        }
        return connection;
    }

    private static Change change(long id) {
        return new Change(Kind.CREDENTIAL, id);
    }

    @Test
    void aChangeComesAtTheFirstPollAfterItsCommitWhateverTheOrderOfCommits() throws SQLException {
        try (Connection unrelated = unrelated();
                Connection first = transaction();
                Connection second = transaction()) {
            SharedFeed.Poll start = baseline();
            insert(first, 1);
            insert(second, 2);
            second.commit();
            SharedFeed.Poll one = since(start);
            assertThat(one.changes()).containsExactly(change(2));
            first.commit();
            SharedFeed.Poll two = since(one);
            assertThat(two.changes()).containsExactly(change(1));
            assertThat(since(two).changes()).isEmpty();
            unrelated.rollback();
        }
    }

    @Test
    void aChangeOfAKindThatOnlyALaterReleaseKnowsStopsNothing() throws SQLException {
        SharedFeed.Poll start = baseline();
        try (Connection later = transaction();
                Statement statement = later.createStatement()) {
            statement.executeUpdate("INSERT INTO change (kind, id) VALUES ('later', 1)");
            insert(later, 2);
            later.commit();
        }
        assertThat(since(start).changes()).containsExactly(change(2));
    }

    @Test
    void aDeadTokenComesWithItsEndAsLongAsTheDatabaseKnowsIt() throws SQLException {
        Instant end = Instant.parse("2026-01-01T00:15:00.123456Z");
        Id known = new Id(Kind.TOKEN, 3);
        SharedFeed.Poll start = baseline();
        db.write(Lane.DATA, session -> {
            session.update(
                    "INSERT INTO dead (kind, id, expires_at) VALUES ('tok', ?, ?)",
                    Stored64.of(known.value()),
                    ChronoUnit.MICROS.between(Instant.EPOCH, end));
            return feed.publish(session, List.of(Change.ended(known, end), new Change(Kind.TOKEN, 4)));
        });
        assertThat(since(start).changes())
                .containsExactlyInAnyOrder(Change.ended(known, end), new Change(Kind.TOKEN, 4));
    }

    @Test
    void readingAboveTheLastLosesWhatCommitsLate() throws SQLException {
        try (Connection first = transaction();
                Connection second = transaction()) {
            insert(first, 1);
            insert(second, 2);
            second.commit();
            long last = number("SELECT max(txid) AS n FROM change");
            first.commit();
            assertThat(number("SELECT count(*) AS n FROM change WHERE txid > " + last))
                    .isZero();
        }
    }

    @Test
    void waitingForTheOldestTransactionDeliversNothingWhileAnyIsOpen() throws SQLException {
        try (Connection unrelated = unrelated();
                Connection writer = transaction()) {
            SharedFeed.Poll start = baseline();
            insert(writer, 1);
            writer.commit();
            assertThat(number("SELECT count(*) AS n FROM change"
                            + " WHERE txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
                    .isZero();
            assertThat(since(start).changes()).containsExactly(change(1));
            unrelated.rollback();
        }
    }

    private long number(String sql) {
        return db.read(Lane.ADMIN, session -> session.one(sql, row -> row.number("n")))
                .orElseThrow();
    }

    @Test
    void concurrentWritersLoseNothingAndRepeatNothing() throws Exception {
        SharedFeed.Poll last = baseline();
        List<Change> delivered = new ArrayList<>();
        try (Connection unrelated = unrelated();
                ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(executor.submit(writer(i)));
            }
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                last = since(last);
                delivered.addAll(last.changes());
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            delivered.addAll(since(last).changes());
            unrelated.rollback();
        }
        assertThat(delivered)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, (long) WRITERS * TRANSACTIONS)
                        .mapToObj(SharedFeedTest::change)
                        .toList());
    }

    /// Keeps two transactions open at a time and ends them in the order in which they did not begin.
    private Callable<Void> writer(long number) {
        return () -> {
            try (Connection one = transaction();
                    Connection other = transaction()) {
                for (long i = 0; i < TRANSACTIONS; i += 2) {
                    insert(one, number * TRANSACTIONS + i);
                    insert(other, number * TRANSACTIONS + i + 1);
                    other.commit();
                    one.commit();
                }
            }
            return null;
        };
    }

    @Test
    void aPositionCoversWhatPostgresSaysItCovers() throws SQLException {
        try (Connection unrelated = unrelated();
                Connection open = transaction()) {
            insert(open, 1);
            long txid = db.write(Lane.DATA, session -> feed.publish(session, List.of(change(2))));
            SharedFeed.Poll poll = baseline();
            for (long id = Math.max(1, txid - 10); id < txid + 10; id++) {
                long asked = id;
                assertThat(Position.parse(poll.position()).covers(id))
                        .as("%d in %s", id, poll.position())
                        .isEqualTo(db.read(
                                        Lane.ADMIN,
                                        session -> session.one(
                                                "SELECT pg_visible_in_snapshot(CAST('" + asked
                                                        + "' AS xid8), CAST(? AS pg_snapshot)) AS seen",
                                                row -> row.flag("seen"),
                                                poll.position()))
                                .orElseThrow());
            }
            open.rollback();
            unrelated.rollback();
        }
    }
}
