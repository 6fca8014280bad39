package dev.gatehouse.storage.feed;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.Receipt;
import java.time.InstantSource;
import java.util.List;

/// The facts in memory and what the stores ask of them.
public interface LiveFacts extends AutoCloseable {
    /// The facts for decisions.
    FactSource source();

    /// Returns when a committed transaction is applied on this node, or can no longer be missed because the
    /// lease that was open at its commit has run out. Bounded by the lease; never throws for being late.
    void awaitHere(long position);

    /// The same for every live node; after a write that narrows rights.
    Receipt awaitEverywhere(long position);

    /// How many tokens that ended before their time this node holds: those of the database as of its last change
    /// here, and some that have expired.
    int ended();

    /// The time that decisions and what is written go by.
    InstantSource clock();

    /// The nodes that share the database, this one first.
    List<NodeStatus> nodes();

    /// Whether all nodes that may be serving know what came with a format, as of the last beat. No I/O.
    boolean allKnow(long format);

    /// Calls the listener after a change to the keys has been applied on this node, not on a thread that must
    /// not block.
    void onKeysChanged(Runnable listener);

    @Override
    void close();
}
