package dev.gatehouse.storage.facts;

/// Whether the facts in memory may be decided on.
interface Freshness {
    /// Whether a request that arrived at this moment of the monotonic clock may be decided on what is in memory
    /// now.
    boolean fresh(long arrivedNanos);

    /// Brings memory up to the database's newest change.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when that does not come in time
    void catchUp();
}
