package dev.gatehouse.storage.facts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// The time of a database that one process has for itself (GAUNTLET N04): the wall clock's, but never
/// behind what was told before or is stored. Somebody may set the wall clock back at any moment; the monotonic
/// clock then carries the time on, so that what was about to expire does, until the wall clock has caught up.
public final class OwnClock implements InstantSource {
    private static final System.Logger LOG = System.getLogger(OwnClock.class.getName());

    private static final Duration WORTH_SAYING = Duration.ofSeconds(60);

    /// What was told last.
    ///
    /// @param nanos the monotonic clock then
    /// @param behind whether the wall clock was behind
    private record Told(Instant at, long nanos, boolean behind) {}

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final AtomicReference<Told> told;

    /// @param newest the newest stored time
    public OwnClock(InstantSource wall, LongSupplier nanos, Instant newest) {
        this.wall = wall;
        this.nanos = nanos;
        boolean behind = wall.instant().isBefore(newest);
        this.told = new AtomicReference<>(new Told(newest, nanos.getAsLong(), behind));
        if (behind) {
            say(newest);
        }
    }

    @Override
    public Instant instant() {
        while (true) {
            Told last = told.get();
            long now = nanos.getAsLong();
            Instant here = wall.instant();
            boolean behind = here.isBefore(last.at());
            Instant at = behind ? last.at().plusNanos(Math.max(0, now - last.nanos())) : here;
            if (told.compareAndSet(last, new Told(at, now, behind))) {
                if (behind && !last.behind()) {
                    say(at);
                }
                return at;
            }
        }
    }

    private void say(Instant carried) {
        Duration behind = Duration.between(wall.instant(), carried);
        if (behind.compareTo(WORTH_SAYING) > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the clock of this machine is " + behind + " behind what is stored or was told; time goes on from "
                            + carried);
        }
    }
}
