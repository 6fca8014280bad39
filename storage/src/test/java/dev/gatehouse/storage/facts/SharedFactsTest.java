package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.storage.RealPostgres;
import dev.gatehouse.storage.db.Bounds;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.db.PostgresDb;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.SharedFeed;
import dev.gatehouse.storage.feed.Timing;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two nodes over one PostgreSQL, with threads, clocks and hints as in earnest. Rows of members are in a map that
/// both read, changes are in the database.
@Timeout(120)
class SharedFactsTest {
    private static final int MEMBERS = 25;
    private static RealPostgres server;

    private final Table table = new Table();
    private final Organization root = table.organization(1, Optional.empty());
    private final Application application = table.application(1, root, Optional.empty());
    private final SharedFeed feed = new SharedFeed();
    private PostgresAddress address;
    private Db dbOfA;
    private Db dbOfB;
    private SharedFacts a;
    private SharedFacts b;

    @BeforeAll
    static void startServer() throws IOException {
        server = RealPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void startNodes() throws SQLException {
        address = server.database();
        dbOfA = PostgresDb.open(address, Bounds.DEFAULT);
        dbOfB = PostgresDb.open(address, Bounds.DEFAULT);
        a = node(dbOfA, 1);
        b = node(dbOfB, 2);
    }

    private SharedFacts node(Db db, long seed) {
        return SharedFacts.open(
                db,
                feed,
                table,
                address,
                Timing.STANDARD,
                FactBounds.DEFAULT,
                1,
                System::nanoTime,
                InstantSource.system(),
                new SplittableRandom(seed));
    }

    @AfterEach
    void stopNodes() {
        a.close();
        b.close();
        dbOfA.close();
        dbOfB.close();
    }

    private long hold(Credential credential) {
        return dbOfA.write(Lane.ADMIN, session -> {
            table.hold(credential);
            return feed.publish(session, List.of(Change.of(credential.id())));
        });
    }

    /// What a request that arrives now would be decided on; empty when it would be refused as not fresh.
    private static Optional<Set<Hold>> seen(FactSource facts, Id credential) {
        long arrived = System.nanoTime();
        if (!facts.fresh(arrived)) {
            return Optional.empty();
        }
        return facts.load(credential) instanceof Look.Known<Members>(Members known)
                ? Optional.of(known.credential().standing().holds())
                : Optional.empty();
    }

    /// After the receipt whatever is decided is decided on the hold, and the node does decide.
    private static void refuses(SharedFacts node, Id credential) {
        Optional<Set<Hold>> holds = seen(node.source(), credential);
        while (holds.isEmpty()) {
            holds = seen(node.source(), credential);
        }
        assertThat(holds.get()).containsExactly(Hold.OWNER);
    }

    /// Whether each live node has reported that it applied a transaction.
    private boolean acknowledged(long position) {
        return dbOfA
                .read(
                        Lane.ADMIN,
                        session -> session.list(
                                "SELECT applied FROM node WHERE state = 'live'", row -> row.text("applied")))
                .stream()
                .allMatch(applied -> dbOfA.read(Lane.ADMIN, session -> feed.covers(session, applied, position)));
    }

    @Test
    void whatOneNodeNarrowedNoNodeAcceptsAfterwards() {
        for (int i = 1; i <= MEMBERS; i++) {
            Credential credential = table.credential(i, application);
            assertThat(a.source().load(credential.id())).isInstanceOf(Look.Known.class);
            assertThat(b.source().load(credential.id())).isInstanceOf(Look.Known.class);
            long position = hold(credential);
            Receipt receipt = a.awaitEverywhere(position);
            assertThat(receipt.nodes()).isEqualTo(2);
            assertThat(receipt.acknowledged() + receipt.runOut()).isEqualTo(2);
            assertThat(receipt.position()).isEqualTo(Long.toString(position));
            assertThat(receipt.durability()).isEqualTo(Receipt.Durability.LOCAL);
            refuses(b, credential.id());
            refuses(a, credential.id());
            while (!acknowledged(position)) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void waitingForOneNodeIsNotWaitingForAll() {
        Credential credential = table.credential(1, application);
        a.source().load(credential.id());
        a.awaitHere(hold(credential));
        refuses(a, credential.id());
    }

    @Test
    void aNodeThatIsBehindCatchesUpWhenAsked() {
        Credential credential = table.credential(1, application);
        b.source().load(credential.id());
        long position = hold(credential);
        assertThat(position).isPositive();
        b.source().catchUp();
        assertThat(b.source().load(credential.id()))
                .isInstanceOfSatisfying(
                        Look.Known.class,
                        known -> assertThat(((Members) known.value())
                                        .credential()
                                        .standing()
                                        .holds())
                                .containsExactly(Hold.OWNER));
    }

    @Test
    void aNodeThatLeftIsNotFreshAndNotWaitedFor() {
        b.close();
        assertThat(b.source().fresh(System.nanoTime())).isFalse();
        Credential credential = table.credential(1, application);
        Receipt receipt = a.awaitEverywhere(hold(credential));
        assertThat(receipt.nodes()).isEqualTo(1);
        assertThat(receipt.acknowledged()).isEqualTo(1);
        refuses(a, credential.id());
        assertThat(a.nodes()).extracting(NodeStatus::self).containsExactly(true, false);
        assertThat(a.nodes())
                .extracting(NodeStatus::state)
                .containsExactly(NodeStatus.State.LIVE, NodeStatus.State.LEFT);
    }

    /// A row that does not move: a node that hangs, or was killed. The write waits until its lease has run out, and
    /// says so.
    @Test
    void aNodeThatIsNotHeardOfIsWaitedForUntilItHasStoppedToServe() {
        dbOfA.write(
                Lane.ADMIN,
                session -> session.update(
                        "INSERT INTO node (id, boot, beat, applied, state, version) VALUES (7, 7, 7, '1:1:',"
                                + " 'live', 1)"));
        Credential credential = table.credential(1, application);
        Receipt receipt = a.awaitEverywhere(hold(credential));
        assertThat(receipt.nodes()).isEqualTo(3);
        assertThat(receipt.acknowledged()).isEqualTo(2);
        assertThat(receipt.runOut()).isEqualTo(1);
        refuses(b, credential.id());
    }

    @Test
    void whoeverHoldsKeysHasReadThemAgainBeforeTheWriteIsAnswered() {
        AtomicInteger reads = new AtomicInteger();
        b.onKeysChanged(reads::incrementAndGet);
        long position =
                dbOfA.write(Lane.ADMIN, session -> feed.publish(session, List.of(Change.of(new Id(Kind.KEY, 1)))));
        a.awaitEverywhere(position);
        assertThat(reads).hasValue(1);
    }
}
