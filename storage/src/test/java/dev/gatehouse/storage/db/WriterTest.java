package dev.gatehouse.storage.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.ChangeListener;
import dev.gatehouse.storage.feed.LocalFeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one writer of SQLite when something fails that never should.
class WriterTest {
    private static final Change CHANGE = Change.of(new Id(Kind.CREDENTIAL, 1));

    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = SqliteDb.open(folder, Bounds.DEFAULT);
        db.write(Lane.ADMIN, session -> session.update("CREATE TABLE upper (id INTEGER PRIMARY KEY)"));
        db.write(
                Lane.ADMIN,
                session -> session.update(
                        "CREATE TABLE lower (up INTEGER REFERENCES upper (id) DEFERRABLE INITIALLY DEFERRED)"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static final class Listener implements ChangeListener {
        final List<Change> applied = new CopyOnWriteArrayList<>();
        final AtomicInteger missed = new AtomicInteger();
        final boolean broken;

        Listener(boolean broken) {
            this.broken = broken;
        }

        @Override
        public void apply(List<Change> changes) {
            if (broken) {
                throw new StackOverflowError("for the test");
            }
            applied.addAll(changes);
        }

        @Override
        public void missed() {
            missed.incrementAndGet();
        }
    }

    private long rows() {
        return db.write(Lane.ADMIN, session -> session.one("SELECT count(*) AS n FROM upper", row -> row.number("n")))
                .orElseThrow();
    }

    @Test
    void aListenerThatFailsMissesTheChangeAndTheOthersDoNot() {
        LocalFeed feed = new LocalFeed();
        Listener broken = new Listener(true);
        Listener sound = new Listener(false);
        feed.listen(broken);
        feed.listen(sound);
        for (int i = 1; i <= 2; i++) {
            long number = i;
            db.write(Lane.ADMIN, session -> {
                session.update("INSERT INTO upper (id) VALUES (?)", number);
                return feed.publish(session, List.of(CHANGE));
            });
            assertThat(broken.missed).hasValue(i);
            assertThat(sound.applied).hasSize(i);
        }
        assertThat(sound.missed).hasValue(0);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void whatRunsAfterACommitAndFailsLeavesTheWriterAlive() {
        AtomicInteger uncertain = new AtomicInteger();
        assertThatThrownBy(() -> db.write(Lane.ADMIN, session -> {
                    session.afterCommit(() -> {
                        throw new IllegalStateException("for the test");
                    });
                    session.whenUncertain(uncertain::incrementAndGet);
                    return session.update("INSERT INTO upper (id) VALUES (1)");
                }))
                .isInstanceOf(FactsUnavailable.class);
        assertThat(uncertain).hasValue(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aCommitThatFailsTellsThatChangesMayBeMissed() {
        LocalFeed feed = new LocalFeed();
        Listener listener = new Listener(false);
        feed.listen(listener);
        assertThatThrownBy(() -> db.write(Lane.ADMIN, session -> {
                    session.update("INSERT INTO lower (up) VALUES (77)");
                    return feed.publish(session, List.of(CHANGE));
                }))
                .isInstanceOf(FactsUnavailable.class);
        assertThat(listener.missed).hasValue(1);
        assertThat(listener.applied).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void aValueThatTheSchemaDoesNotLetInIsNoFailureOfTheDatabase() {
        for (String wrong : List.of("('a', NULL)", "(NULL, 'a')", "('a', x'00')")) {
            assertThatThrownBy(() -> db.write(
                            Lane.ADMIN, session -> session.update("INSERT INTO meta (name, value) VALUES " + wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anErrorBeforeTheFirstUnitFailsTheUnitsAndTheThreadGoesOn() {
        List<Throwable> errors = new ArrayList<>(List.of(new StackOverflowError("for the test")));
        SqliteLane.Server server = (units, connection) -> {
            if (!errors.isEmpty() && errors.removeFirst() instanceof Error error) {
                throw error;
            }
            SqliteLane.read(units, connection);
        };
        SqliteConnection connection = new SqliteConnection(folder.resolve("gatehouse.db"), false);
        try (SqliteLane lane = SqliteLane.open("test", List.of(connection), 1, server)) {
            assertThatThrownBy(() -> call(lane)).isInstanceOf(FactsUnavailable.class);
            assertThat(call(lane)).isEqualTo(1);
        }
    }

    private static long call(SqliteLane lane) {
        return lane.call(
                        session -> session.one("SELECT 1 AS n", row -> row.number("n")),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5))
                .orElseThrow();
    }
}
