package dev.gatehouse.storage.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The wall clock of this machine, against the database's. Times are written by every node and judged by every
/// other, so a node that is far off must not start.
final class WallClock {
    private static final Duration MOST = Duration.ofSeconds(60);

    private WallClock() {}

    /// Refuses a clock that is more than a minute off, whatever the question's way took.
    static void require(InstantSource own, Db db) {
        Instant before = own.instant();
        long micros = db.read(
                        Lane.ADMIN,
                        session -> session.one(
                                "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) AS now",
                                row -> row.number("now")))
                .orElseThrow();
        Instant theirs = Instant.EPOCH.plusNanos(Math.multiplyExact(micros, 1000L));
        Instant after = own.instant();
        if (theirs.isBefore(before.minus(MOST)) || theirs.isAfter(after.plus(MOST))) {
            throw new Refused("the clock of this machine says " + after + " and the clock of the database " + theirs
                    + "; they may differ by " + MOST.toSeconds()
                    + " s. Set the wrong one (a time service such as NTP keeps it right), then start again");
        }
    }
}
