package dev.gatehouse.storage.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The time that the nodes of an installation share: the database's, as the beats read it, carried on by the
/// monotonic clock in between. What one node writes another judges, so no node goes by a wall clock
/// of its own, which somebody may set at any moment.
///
/// A reading bounds the time between two moments of the monotonic clock; an estimate that lies within stays as it
/// is. It is never set back by less than [#STEP]: it stands until the database has caught up. A database whose
/// clock was set back further is followed, or nothing would expire for as long.
public final class DatabaseClock implements InstantSource {
    private static final System.Logger LOG = System.getLogger(DatabaseClock.class.getName());
    private static final Duration STEP = Duration.ofSeconds(60);

    /// @param micros the time at a moment of the monotonic clock
    /// @param floor what was told before
    private record Estimate(long nanos, long micros, long floor) {
        long at(long now) {
            return Math.max(floor, micros + Math.floorDiv(now - nanos, 1000));
        }
    }

    private final LongSupplier nanos;
    private final InstantSource wall;
    private volatile Optional<Estimate> estimate = Optional.empty();

    /// @param wall what counts before the first reading
    public DatabaseClock(LongSupplier nanos, InstantSource wall) {
        this.nanos = nanos;
        this.wall = wall;
    }

    @Override
    public Instant instant() {
        return estimate.map(known -> Instant.EPOCH.plus(known.at(nanos.getAsLong()), ChronoUnit.MICROS))
                .orElseGet(wall::instant);
    }

    /// Takes note of a reading; one thread at a time.
    ///
    /// @param before the monotonic clock before the database was asked
    /// @param after the monotonic clock when it had answered
    void read(long before, long after, long micros) {
        Optional<Estimate> known = estimate;
        if (known.isEmpty()) {
            estimate = Optional.of(new Estimate(before + (after - before) / 2, micros, Long.MIN_VALUE));
            return;
        }
        long told = known.get().at(after);
        long latest = micros + Math.floorDiv(after - before, 1000);
        if (told < micros) {
            note(micros - told);
            estimate = Optional.of(new Estimate(after, micros, told));
        } else if (told > latest) {
            note(latest - told);
            boolean far = told - latest > STEP.toMillis() * 1000;
            estimate = Optional.of(new Estimate(after, latest, far ? latest : told));
        }
    }

    private static void note(long micros) {
        if (Math.abs(micros) > STEP.toMillis() * 1000) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the clock of the database was set by " + Duration.of(micros, ChronoUnit.MICROS));
        }
    }
}
