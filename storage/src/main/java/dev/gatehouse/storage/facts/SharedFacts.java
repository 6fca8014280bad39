package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.DatabaseClock;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.Follower;
import dev.gatehouse.storage.feed.Heartbeat;
import dev.gatehouse.storage.feed.LiveFacts;
import dev.gatehouse.storage.feed.SharedFeed;
import dev.gatehouse.storage.feed.Timing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The facts of a database that several nodes share, kept fresh by protocol R.
public final class SharedFacts implements LiveFacts {
    private final LiveSource source;
    private final Heartbeat heart;
    private final MemoryFacts memory;
    private final DatabaseClock time;

    private SharedFacts(MemoryFacts memory, Heartbeat heart, DatabaseClock time) {
        this.heart = heart;
        this.memory = memory;
        this.time = time;
        this.source = new LiveSource(memory, new Beating(heart));
    }

    private record Beating(Heartbeat heart) implements Freshness {
        @Override
        public boolean fresh(long arrivedNanos) {
            return heart.fresh(arrivedNanos);
        }

        @Override
        public boolean fresh(long arrivedNanos, Duration age) {
            return heart.fresh(arrivedNanos, age);
        }

        @Override
        public void catchUp() {
            heart.catchUp();
        }
    }

    /// Drops what changed; what is held whole is read again before the poll that changed it is trusted.
    record Memory(MemoryFacts facts) implements Follower {
        @Override
        public void restart() {
            facts.restart();
        }

        @Override
        public void apply(List<Change> changes) {
            facts.apply(changes);
            facts.catchUp();
        }
    }

    /// Joins the installation; returns when the facts are fresh.
    ///
    /// @param timing how long its polls are trusted
    /// @param version the newest format that this release writes
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer
    public static SharedFacts open(
            Db db,
            SharedFeed feed,
            FactLoader loader,
            PostgresAddress address,
            Timing timing,
            FactBounds bounds,
            long version,
            LongSupplier nanos,
            InstantSource wall,
            RandomGenerator random) {
        DatabaseClock time = new DatabaseClock(nanos, wall);
        MemoryFacts memory = new MemoryFacts(loader, bounds, nanos, time);
        Heartbeat heart =
                Heartbeat.start(db, feed, new Memory(memory), address, timing, version, nanos, wall, time, random);
        return new SharedFacts(memory, heart, time);
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
    public Receipt awaitEverywhere(long position) {
        return heart.awaitEverywhere(position);
    }

    @Override
    public InstantSource clock() {
        return time;
    }

    @Override
    public List<NodeStatus> nodes() {
        return heart.nodes();
    }

    @Override
    public boolean allKnow(long format) {
        return heart.allKnow(format);
    }

    @Override
    public int ended() {
        return memory.dead.size();
    }

    @Override
    public void onKeysChanged(Runnable listener) {
        memory.keyReads.add(listener);
    }

    @Override
    public void close() {
        heart.close();
    }
}
