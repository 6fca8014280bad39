package dev.gatehouse.storage.feed;

import java.util.List;

/// What is held in memory and has to follow the feed. Called by one thread at a time.
public interface Follower {
    /// Drops everything and reads what is held whole: a baseline was just taken, and changes before it may have
    /// been missed.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when it cannot be read
    void restart();

    /// Drops what changed. When this throws, the same changes come again.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when something had to be read anew and could not
    void apply(List<Change> changes);
}
