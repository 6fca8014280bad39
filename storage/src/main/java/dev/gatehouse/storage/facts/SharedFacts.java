package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.Follower;
import dev.gatehouse.storage.feed.Heartbeat;
import dev.gatehouse.storage.feed.LiveFacts;
import dev.gatehouse.storage.feed.SharedFeed;
import dev.gatehouse.storage.feed.Timing;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The facts of a database that several nodes share, kept fresh by protocol R.
public final class SharedFacts implements LiveFacts {
    private final LiveSource source;
    private final Heartbeat heart;
    private final KeyWatch keys;

    private SharedFacts(MemoryFacts memory, Heartbeat heart, KeyWatch keys) {
        this.heart = heart;
        this.keys = keys;
        this.source = new LiveSource(memory, new Beating(heart));
    }

    private record Beating(Heartbeat heart) implements Freshness {
        @Override
        public boolean fresh(long arrivedNanos) {
            return heart.fresh(arrivedNanos);
        }

        @Override
        public void catchUp() {
            heart.catchUp();
        }
    }

    /// Drops what changed; whoever holds keys reads them again before the poll that changed them is trusted.
    record Memory(MemoryFacts facts, KeyWatch keys) implements Follower {
        @Override
        public void restart() {
            facts.dropAll();
            facts.loadWhole();
            keys.changed();
            keys.catchUp();
        }

        @Override
        public void apply(List<Change> changes) {
            facts.apply(changes);
            if (changes.stream().anyMatch(change -> change.kind() == Kind.KEY)) {
                keys.changed();
            }
            keys.catchUp();
        }
    }

    /// Joins the installation; returns when the facts are fresh.
    ///
    /// @param version the newest format that this release writes
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer
    public static SharedFacts open(
            Db db,
            SharedFeed feed,
            FactLoader loader,
            PostgresAddress address,
            FactBounds bounds,
            long version,
            LongSupplier nanos,
            InstantSource wall,
            RandomGenerator random) {
        MemoryFacts memory = new MemoryFacts(loader, bounds, nanos, wall);
        KeyWatch keys = new KeyWatch();
        Heartbeat heart = Heartbeat.start(
                db, feed, new Memory(memory, keys), address, Timing.STANDARD, version, nanos, wall, random);
        return new SharedFacts(memory, heart, keys);
    }

    @Override
    public FactSource source() {
        return source;
    }

    @Override
    public void awaitHere(long position) {
        heart.awaitHere(position);
    }

    @Override
    public void awaitEverywhere(long position) {
        heart.awaitEverywhere(position);
    }

    @Override
    public void onKeysChanged(Runnable listener) {
        keys.add(listener);
    }

    @Override
    public void close() {
        heart.close();
    }
}
