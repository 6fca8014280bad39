package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Protocol R on a real PostgreSQL, one step at a time on clocks that the test moves.
class BeatTest {
    private static final Timing TIMING = Timing.STANDARD;
    private static RealPostgres server;

    private final SharedFeed feed = new SharedFeed();
    private final List<AutoCloseable> open = new ArrayList<>();
    private PostgresAddress address;
    private Db writer;
    private long ids;

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
        writer = db();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Db db() {
        Db db = PostgresDb.open(address, Bounds.DEFAULT);
        open.add(db);
        return db;
    }

    private static final class Memory implements Follower {
        final List<Change> applied = new ArrayList<>();
        int restarts;
        boolean broken;

        @Override
        public void restart() {
            restarts++;
        }

        @Override
        public void apply(List<Change> changes) {
            if (broken) {
                throw new FactsUnavailable("broken");
            }
            applied.addAll(changes);
        }
    }

    private final class Node {
        final SteppedClock clock = new SteppedClock();
        final Memory memory = new Memory();
        final Db db = db();
        final Lease lease = new Lease(clock::nanos, clock, TIMING);
        final Beat beat;

        Node(long seed, Beat.Polling polling) {
            DatabaseClock time = new DatabaseClock(clock::nanos, clock);
            beat = new Beat(db, polling, memory, lease, clock::nanos, TIMING, 1, time, new SplittableRandom(seed));
        }

        Node(long seed) {
            this(seed, Beat.Polling.of(feed));
        }

        boolean fresh() {
            return lease.fresh(clock.nanos());
        }

        NodeRow row() {
            return beat.nodes().stream()
                    .filter(row -> row.id() == beat.node())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Change change() {
        return new Change(Kind.CREDENTIAL, ++ids);
    }

    private long publish(Change... changes) {
        return writer.write(Lane.DATA, session -> feed.publish(session, List.of(changes)));
    }

    @Test
    void aNodeServesOnceItsBaselineIsTaken() {
        Node node = new Node(1);
        assertThat(node.fresh()).isFalse();
        assertThat(node.beat.step().again()).isTrue();
        assertThat(node.fresh()).isTrue();
        assertThat(node.memory.restarts).isEqualTo(1);
        assertThat(node.row().state()).isEqualTo(NodeRow.State.LIVE);
        assertThat(node.row().applied()).isEqualTo(Position.NOTHING);
    }

    @Test
    void onlyTheNextBeatReportsWhatABeatBrought() {
        Node node = new Node(1);
        node.beat.step();
        Change change = change();
        long txid = publish(change);
        assertThat(node.beat.step().again()).isTrue();
        assertThat(node.memory.applied).containsExactly(change);
        assertThat(node.beat.applied().covers(txid)).isTrue();
        assertThat(node.row().applied().covers(txid)).isFalse();
        assertThat(node.beat.step().again()).isFalse();
        assertThat(node.row().applied().covers(txid)).isTrue();
        assertThat(node.memory.applied).containsExactly(change);
    }

    @Test
    void aNodeThatIsDeclaredOutStopsServingAndJoinsAgain() {
        Node silent = new Node(1);
        Node watching = new Node(2);
        silent.beat.step();
        watching.beat.step();
        watching.clock.advance(Duration.ofNanos(TIMING.patienceNanos() - 1));
        watching.beat.step();
        assertThat(silent.row().state()).isEqualTo(NodeRow.State.LIVE);
        watching.clock.advance(Duration.ofNanos(1));
        watching.beat.step();
        assertThat(silent.row().state()).isEqualTo(NodeRow.State.OUT);

        publish(change());
        assertThat(silent.fresh()).as("its own clock has not moved").isTrue();
        long boot = silent.row().boot();
        assertThat(silent.beat.step().again()).isTrue();
        assertThat(silent.fresh()).isFalse();
        silent.beat.step();
        assertThat(silent.fresh()).isTrue();
        assertThat(silent.memory.restarts).isEqualTo(2);
        assertThat(silent.row().state()).isEqualTo(NodeRow.State.LIVE);
        assertThat(silent.row().boot()).isNotEqualTo(boot);
    }

    @Test
    void aNodeThatBeatsIsNeverDeclaredOut() {
        Node one = new Node(1);
        Node watching = new Node(2);
        for (int i = 0; i < 5; i++) {
            one.beat.step();
            watching.beat.step();
            watching.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(one.row().state()).isEqualTo(NodeRow.State.LIVE);
    }

    @Test
    void aBeatThatIsUnderWayIsNotOvertakenByADeclaration() throws Exception {
        Node slow = new Node(1);
        Node watching = new Node(2);
        slow.beat.step();
        watching.beat.step();
        watching.clock.advance(Duration.ofNanos(TIMING.patienceNanos()));
        try (Connection connection = RealPostgres.connect(address);
                Statement statement = connection.createStatement();
                var executor = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE node SET beat = beat + 1 WHERE id = " + slow.beat.node());
            CompletableFuture<Beat.Stepped> declaring = CompletableFuture.supplyAsync(watching.beat::step, executor);
            awaitBlockedStatement(declaring);
            connection.commit();
            declaring.get();
        }
        assertThat(slow.row().state()).isEqualTo(NodeRow.State.LIVE);
    }

    private void awaitBlockedStatement(CompletableFuture<?> blocked) {
        String waiting = "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        while (writer.read(Lane.ADMIN, session -> session.one(waiting, row -> row.number("n")))
                        .orElseThrow()
                == 0) {
            if (blocked.isDone()) {
                throw new AssertionError("it ended without waiting for the lock: " + blocked);
            }
        }
    }

    @Test
    void aBeatThatFailsTrustsNothingNew() {
        Node node = new Node(1);
        node.beat.step();
        node.beat.step();
        publish(change());
        node.memory.broken = true;
        node.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(node.beat::step).isInstanceOf(FactsUnavailable.class);
        node.clock.advance(Duration.ofMillis(499));
        assertThat(node.fresh()).isTrue();
        node.clock.advance(Duration.ofMillis(1));
        assertThat(node.fresh()).isFalse();
        node.memory.broken = false;
        node.beat.step();
        assertThat(node.memory.applied).as("the same changes came again").hasSize(1);
        assertThat(node.fresh()).isTrue();
    }

    @Test
    void aPromotionDropsEverythingAndAFormerPrimaryIsRefused() {
        long[] timeline = {1};
        Beat.Polling polling = (session, since) -> {
            SharedFeed.Poll poll = Beat.Polling.of(feed).poll(session, since);
            return new SharedFeed.Poll(poll.position(), timeline[0], poll.replicated(), poll.micros(), poll.changes());
        };
        Node node = new Node(1, polling);
        node.beat.step();
        node.beat.step();
        assertThat(node.row().applied()).isNotEqualTo(Position.NOTHING);
        timeline[0] = 2;
        node.beat.step();
        assertThat(node.row().applied()).as("a position of the old timeline").isEqualTo(Position.NOTHING);
        assertThat(node.memory.restarts).isEqualTo(2);
        assertThat(node.fresh()).isTrue();
        timeline[0] = 1;
        assertThatThrownBy(node.beat::step).isInstanceOf(FactsUnavailable.class);
        assertThat(node.fresh()).isFalse();
        assertThatThrownBy(node.beat::step).isInstanceOf(FactsUnavailable.class);
        assertThat(node.fresh()).isFalse();
        timeline[0] = 2;
        node.beat.step();
        assertThat(node.fresh()).isTrue();
    }

    @Test
    void aNodeThatLeavesIsNotWaitedFor() {
        Node node = new Node(1);
        node.beat.step();
        node.beat.leave();
        assertThat(node.fresh()).isFalse();
        assertThat(node.row().state()).isEqualTo(NodeRow.State.LEFT);
    }

    @Test
    void rowsOfNodesThatAreGoneAreForgottenAfterAnHour() {
        Node gone = new Node(1);
        Node watching = new Node(2);
        gone.beat.step();
        gone.beat.leave();
        watching.beat.step();
        watching.clock.advance(Duration.ofHours(1));
        watching.beat.step();
        assertThat(watching.beat.nodes()).extracting(NodeRow::id).containsExactly(watching.beat.node());
    }

    @Test
    void twoNodesHaveTwoIds() {
        assertThat(Optional.of(new Node(1).beat.node())).isNotEqualTo(Optional.of(new Node(2).beat.node()));
    }
}
