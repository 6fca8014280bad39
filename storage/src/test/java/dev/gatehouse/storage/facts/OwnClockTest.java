package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// GAUNTLET N04: a wall clock that somebody sets does not set the time back.
class OwnClockTest {
    private static final Instant NOW = Instant.parse("2026-10-25T00:59:59.123456Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock wall = new TestClock(NOW);
    private final TestClock monotonic = new TestClock(Instant.EPOCH);

    private OwnClock clock(Instant newest) {
        return new OwnClock(wall, monotonic, newest);
    }

    private void pass(Duration time) {
        wall.advance(time);
        monotonic.advance(time);
    }

    @Test
    void itIsTheWallClocksAsLongAsThatGoesOn() {
        OwnClock clock = clock(Instant.MIN);
        for (Duration step : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(1), HOUR)) {
            pass(step);
            assertThat(clock.instant()).isEqualTo(wall.instant());
        }
        wall.advance(Duration.ofDays(1));
        assertThat(clock.instant()).as("set forward").isEqualTo(wall.instant());
    }

    @Test
    void itGoesOnByItselfWhenTheWallClockIsSetBack() {
        OwnClock clock = clock(Instant.MIN);
        Instant before = clock.instant();
        wall.advance(HOUR.negated());
        assertThat(clock.instant()).isBetween(before, before.plusMillis(1));
        pass(Duration.ofMinutes(30));
        assertThat(clock.instant()).isBetween(before.plus(Duration.ofMinutes(30)), before.plus(Duration.ofMinutes(31)));
        wall.advance(HOUR.negated());
        pass(Duration.ofMinutes(1));
        assertThat(clock.instant()).as("set back twice").isAfterOrEqualTo(before.plus(Duration.ofMinutes(31)));
        wall.advance(Duration.ofHours(3));
        assertThat(clock.instant()).as("caught up").isEqualTo(wall.instant());
        pass(HOUR);
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void whatNobodyAskedForPassesToo() {
        OwnClock clock = clock(Instant.MIN);
        Instant before = clock.instant();
        pass(HOUR);
        wall.advance(Duration.ofHours(2).negated());
        assertThat(clock.instant())
                .isBetween(before.plus(HOUR), before.plus(HOUR).plusMillis(1));
    }

    @Test
    void itBeginsNoEarlierThanWhatIsStored() {
        Instant stored = NOW.plus(HOUR);
        OwnClock clock = clock(stored);
        assertThat(clock.instant()).isEqualTo(stored);
        pass(Duration.ofMinutes(59));
        assertThat(clock.instant()).isEqualTo(stored.plus(Duration.ofMinutes(59)));
        wall.advance(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(wall.instant());
        assertThat(clock(NOW).instant()).as("stored earlier").isEqualTo(wall.instant());
    }

    /// Whatever is done to the wall clock, each reading is no earlier than the one before, and no further on than
    /// the most that the clocks went forward.
    @Test
    void itNeverGoesBack() {
        Random random = new Random(7);
        OwnClock clock = clock(NOW);
        Instant told = clock.instant();
        for (int i = 0; i < 20_000; i++) {
            Duration passed = Duration.ofNanos(random.nextLong(3_000_000));
            pass(passed);
            if (random.nextInt(20) == 0) {
                wall.advance(Duration.ofNanos(random.nextLong(-5_000_000_000L, 5_000_000_000L)));
            }
            Instant next = clock.instant();
            assertThat(next).isAfterOrEqualTo(told);
            Instant carried = told.plus(passed).plusMillis(1);
            assertThat(next).isBeforeOrEqualTo(carried.isAfter(wall.instant()) ? carried : wall.instant());
            told = next;
        }
    }

    @Test
    void noneOfManyThreadsSeesItGoBack() throws Exception {
        OwnClock clock = clock(Instant.MIN);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> readers = IntStream.range(0, 3)
                    .mapToObj(_ -> threads.submit(() -> {
                        Instant told = clock.instant();
                        int back = 0;
                        for (int i = 0; i < 50_000; i++) {
                            Instant next = clock.instant();
                            back += next.isBefore(told) ? 1 : 0;
                            told = next;
                        }
                        return back;
                    }))
                    .toList();
            Random random = new Random(8);
            for (int i = 0; i < 5_000; i++) {
                pass(Duration.ofNanos(random.nextLong(1_000_000)));
                wall.advance(Duration.ofNanos(random.nextLong(-20_000_000, 20_000_000)));
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        }
    }
}
