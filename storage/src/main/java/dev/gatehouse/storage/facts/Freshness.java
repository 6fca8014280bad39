package dev.gatehouse.storage.facts;

import java.time.Duration;

/// Whether the facts in memory may be decided on.
interface Freshness {
    /// Whether a request that arrived at this moment of the monotonic clock may be decided on what is in memory
    /// now.
    boolean fresh(long arrivedNanos);

    /// The same for facts that may be this old, counted from before the poll that last confirmed them was sent.
    default boolean fresh(long arrivedNanos, Duration age) {
        return fresh(arrivedNanos);
    }

    /// Brings memory up to the database's newest change.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when that does not come in time
    void catchUp();
}
