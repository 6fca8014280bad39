package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Time is the database's, carried on by the monotonic clock, never set back.
class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SteppedClock machine = new SteppedClock();
    private final DatabaseClock clock = new DatabaseClock(machine::nanos, machine);

    /// A reading that took so long, half of it before the database looked at its clock.
    private void read(Instant database, Duration took) {
        long before = machine.nanos();
        machine.advanceMonotonic(took);
        clock.read(before, machine.nanos(), database.getEpochSecond() * 1_000_000 + database.getNano() / 1000);
    }

    private void read(Instant database) {
        read(database, Duration.ZERO);
    }

    @Test
    void theWallClockCountsOnlyBeforeTheFirstReading() {
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        read(NOON);
        machine.advanceWall(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(NOON);
        machine.advanceWall(Duration.ofMinutes(-10));
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void theMonotonicClockCarriesItOn() {
        read(NOON);
        machine.advanceMonotonic(Duration.ofSeconds(90));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(90));
    }

    @Test
    void anEstimateWithinTheBoundsOfAReadingStays() {
        read(NOON);
        machine.advanceMonotonic(Duration.ofSeconds(1));
        read(NOON.plusMillis(1010), Duration.ofMillis(40));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1040));
    }

    @Test
    void anEstimateOutsideIsMovedToTheNearestBound() {
        read(NOON);
        machine.advanceMonotonic(Duration.ofSeconds(1));
        read(NOON.plusMillis(1100), Duration.ofMillis(40));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1100));
    }

    @Test
    void itStandsUntilTheDatabaseHasCaughtUpRatherThanGoBack() {
        read(NOON.plusSeconds(10));
        read(NOON);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        machine.advanceMonotonic(Duration.ofSeconds(9));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        machine.advanceMonotonic(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(11));
    }

    @Test
    void aDatabaseThatWasSetBackByMoreThanAMinuteIsFollowed() {
        read(NOON);
        read(NOON.minusSeconds(61));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(61));
    }
}
