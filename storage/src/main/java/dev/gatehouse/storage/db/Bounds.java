package dev.gatehouse.storage.db;

import java.time.Duration;

/// How long work may wait for its turn, and how long it may run after that. Past either it is 503.
///
/// @param planeWait the turn of a verification or a data plane write
/// @param adminWait the turn of management, of calls through connections, and of what a node reads whole
/// @param run the work itself, commit included
/// @param beat a statement of the heartbeat, and how long a transaction may stand still
public record Bounds(Duration planeWait, Duration adminWait, Duration run, Duration beat) {
    /// 250 ms on the data plane, 2 s for management, 5 s to run, 500 ms for a beat.
    public static final Bounds DEFAULT =
            new Bounds(Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(500));

    Duration wait(Lane lane) {
        return switch (lane) {
            case VERIFY, DATA, BEAT -> planeWait;
            case WHOLE, CALLS, ADMIN -> adminWait;
        };
    }
}
