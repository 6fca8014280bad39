package dev.gatehouse.storage.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.storage.RealPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What each lane of PostgreSQL sees to by itself.
@Timeout(60)
class PostgresLaneTest {
    private static final int ADMIN_PLACES = 3;
    private static RealPostgres server;

    private PostgresAddress address;

    @BeforeAll
    static void startServer() throws IOException {
        server = RealPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void newDatabase() throws SQLException {
        address = server.database();
    }

    @Test
    void commitsAreDurableWhateverTheDatabaseIsSetTo() throws SQLException {
        try (Connection connection = RealPostgres.connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + connection.getCatalog() + " SET synchronous_commit = off");
        }
        try (Db db = PostgresDb.open(address, Bounds.DEFAULT)) {
            for (Lane lane : Lane.values()) {
                String setting = db.write(lane, PostgresLaneTest::setting);
                assertThat(setting).as(lane.name()).isEqualTo("on");
            }
        }
    }

    private static String setting(Session session) {
        return session.one("SELECT current_setting('synchronous_commit') AS setting", row -> row.text("setting"))
                .orElseThrow();
    }

    @Test
    void whatIsHeldWholeIsReadWhileManagementIsBusy() {
        CountDownLatch busy = new CountDownLatch(ADMIN_PLACES);
        CountDownLatch read = new CountDownLatch(1);
        try (Db db = PostgresDb.open(address, Bounds.DEFAULT);
                ExecutorService reports = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ADMIN_PLACES; i++) {
                reports.execute(() -> db.read(Lane.ADMIN, _ -> {
                    busy.countDown();
                    return await(read);
                }));
            }
            await(busy);
            List<Long> rows = db.read(Lane.WHOLE, session -> session.list("SELECT 1 AS n", row -> row.number("n")));
            assertThat(rows).containsExactly(1L);
            read.countDown();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aValueThatTheSchemaDoesNotLetInIsNoFailureOfTheDatabase() {
        try (Db db = PostgresDb.open(address, Bounds.DEFAULT)) {
            for (String wrong : List.of("(1, 1, 1, '', 'nowhere', 1)", "(1, 1, 1, NULL, 'live', 1)")) {
                assertThatThrownBy(() -> db.write(
                                Lane.ADMIN,
                                session -> session.update(
                                        "INSERT INTO node (id, boot, beat, applied, state, version) VALUES " + wrong)))
                        .as(wrong)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
