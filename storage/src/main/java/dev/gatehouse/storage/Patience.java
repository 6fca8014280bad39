package dev.gatehouse.storage;

import dev.gatehouse.storage.db.Bounds;
import dev.gatehouse.storage.feed.Timing;
import java.time.Duration;

/// How long a node waits for its database. Past any of these it answers 503. Every node that serves has the
/// standard one, and no setting leads to another.
///
/// @param lease how long a node of several trusts what it knows without hearing of the database
/// @param plane the turn of a verification or a data plane write
/// @param management the turn of management
/// @param run the work itself, commit included
/// @param beat a statement of the heartbeat, and how long a transaction may stand still
public record Patience(Duration lease, Duration plane, Duration management, Duration run, Duration beat) {
    /// That of every node that is no test's.
    public static final Patience STANDARD = new Patience(
            Duration.ofNanos(Timing.STANDARD.leaseNanos()),
            Bounds.DEFAULT.planeWait(),
            Bounds.DEFAULT.adminWait(),
            Bounds.DEFAULT.run(),
            Bounds.DEFAULT.beat());

    /// Each of them several times as long: for tests of something else on a machine that is too busy.
    public Patience times(int factor) {
        return new Patience(
                lease.multipliedBy(factor),
                plane.multipliedBy(factor),
                management.multipliedBy(factor),
                run.multipliedBy(factor),
                beat.multipliedBy(factor));
    }

    Bounds bounds() {
        return new Bounds(plane, management, run, beat);
    }

    Timing timing() {
        return Timing.trusting(lease);
    }
}
