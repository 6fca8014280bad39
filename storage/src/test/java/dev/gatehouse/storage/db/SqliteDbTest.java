package dev.gatehouse.storage.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long each lane waits for its turn.
@Timeout(60)
class SqliteDbTest {
    private static final int READERS = 2;
    private static final Bounds BOUNDS =
            new Bounds(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    @TempDir
    Path folder;

    @Test
    void whatIsHeldWholeWaitsLongerThanAVerification() throws Exception {
        CountDownLatch busy = new CountDownLatch(READERS);
        CountDownLatch over = new CountDownLatch(1);
        try (Db db = SqliteDb.open(folder, BOUNDS);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < READERS; i++) {
                callers.execute(() -> db.read(Lane.WHOLE, _ -> {
                    busy.countDown();
                    return await(over);
                }));
            }
            await(busy);
            Future<Long> whole = callers.submit(() -> one(db, Lane.WHOLE));
            assertThatThrownBy(() -> one(db, Lane.VERIFY)).isInstanceOf(FactsUnavailable.class);
            over.countDown();
            assertThat(whole.get()).isEqualTo(1);
        }
    }

    /// None of them meets another that is still making the file ready.
    @Test
    void theFirstCallersOfANewFileGetInAtOnce() throws Exception {
        for (int file = 0; file < 20; file++) {
            try (Db db = SqliteDb.open(folder.resolve("file-" + file), BOUNDS);
                    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                CountDownLatch begin = new CountDownLatch(1);
                List<Future<Long>> all = Stream.of(Lane.WHOLE, Lane.WHOLE, Lane.ADMIN)
                        .map(lane -> callers.submit(() -> {
                            begin.await();
                            return one(db, lane);
                        }))
                        .toList();
                begin.countDown();
                for (Future<Long> one : all) {
                    assertThat(one.get()).isEqualTo(1);
                }
            }
        }
    }

    private static long one(Db db, Lane lane) {
        Optional<Long> one = db.read(lane, session -> session.one("SELECT 1 AS n", row -> row.number("n")));
        return one.orElseThrow();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
