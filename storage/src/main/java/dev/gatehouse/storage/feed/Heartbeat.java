package dev.gatehouse.storage.feed;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.PostgresAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// A node's heart: the thread that beats, the one that listens for hints, and what others ask of them.
public final class Heartbeat implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final long WATCH_NANOS = Duration.ofMillis(5).toNanos();
    private static final long PURGE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long CLOSE_MILLIS = 2_000;

    private final Db db;
    private final SharedFeed feed;
    private final LongSupplier nanos;
    private final Timing timing;
    private final Lease lease;
    private final Beat beat;
    private final Pulse pulse;
    private final Hints hints;
    private final Thread beating;
    private final Thread purging;
    private volatile Optional<Throwable> lastFailure = Optional.empty();

    private Heartbeat(
            Db db,
            SharedFeed feed,
            Follower follower,
            PostgresAddress address,
            Timing timing,
            long version,
            LongSupplier nanos,
            InstantSource wall,
            DatabaseClock time,
            RandomGenerator random) {
        this.db = db;
        this.feed = feed;
        this.nanos = nanos;
        this.timing = timing;
        this.lease = new Lease(nanos, wall, timing);
        this.beat = new Beat(db, Beat.Polling.of(feed), follower, lease, nanos, timing, version, time, random);
        this.pulse = new Pulse(beat.node(), nanos, timing);
        this.hints = new Hints(address, beat.node(), pulse::wake);
        this.beating = Thread.ofPlatform().daemon().name("gatehouse-beat").unstarted(this::run);
        this.purging = Thread.ofVirtual().name("gatehouse-purge").unstarted(this::purge);
    }

    /// Joins the installation and keeps beating. Returns when the node has joined and its facts are fresh.
    ///
    /// @param version the newest format that this release writes, for others to see
    /// @param time is told the database's clock at each beat
    /// @throws FactsUnavailable when the database does not answer
    public static Heartbeat start(
            Db db,
            SharedFeed feed,
            Follower follower,
            PostgresAddress address,
            Timing timing,
            long version,
            LongSupplier nanos,
            InstantSource wall,
            DatabaseClock time,
            RandomGenerator random) {
        Heartbeat heart = new Heartbeat(db, feed, follower, address, timing, version, nanos, wall, time, random);
        boolean _ = heart.step();
        heart.beating.start();
        heart.hints.start();
        heart.purging.start();
        return heart;
    }

    /// Whether a request that arrived then may be decided on the facts in memory.
    public boolean fresh(long arrivedNanos) {
        return lease.fresh(arrivedNanos);
    }

    /// Whether it may be decided on facts that a poll confirmed no longer ago than this, for whoever said that it
    /// may.
    public boolean fresh(long arrivedNanos, Duration age) {
        return lease.fresh(arrivedNanos, age);
    }

    /// Waits until this node has applied a transaction, or its lease of that time is over.
    public void awaitHere(long txid) {
        pulse.awaitHere(txid);
    }

    /// Waits until every live node has applied a transaction, or all leases of that time are over.
    public Receipt awaitEverywhere(long txid) {
        long from = nanos.getAsLong();
        Pulse.Heard heard = pulse.awaitEverywhere(txid);
        return new Receipt(
                Long.toString(txid),
                heard.nodes(),
                heard.acknowledged(),
                heard.nodes() - heard.acknowledged(),
                Duration.ofNanos(nanos.getAsLong() - from),
                beat.replicated() ? Receipt.Durability.REPLICATED : Receipt.Durability.LOCAL);
    }

    /// The nodes that share the database as they are now, this one first.
    ///
    /// @throws FactsUnavailable when the database does not answer
    public List<NodeStatus> nodes() {
        return beat.statuses();
    }

    /// Whether all live nodes know what came with a format, as of the last beat.
    public boolean allKnow(long format) {
        return beat.allKnow(format);
    }

    /// Waits for a complete poll that begins after this call.
    ///
    /// @throws FactsUnavailable when there is none in time
    public void catchUp() {
        pulse.awaitPoll();
    }

    /// Why the last beat failed; empty when it did not.
    public Optional<Throwable> lastFailure() {
        return lastFailure;
    }

    private void run() {
        while (!pulse.closed()) {
            if (!stepped()) {
                rest();
            }
        }
    }

    /// Whether the next beat is due at once.
    private boolean stepped() {
        hint();
        try {
            boolean again = step();
            succeeded();
            return again;
        } catch (Throwable e) {
            // Nothing was trusted: without a beat that succeeds the lease runs out and this node answers 503. Not
            // even an Error may end the thread, or the node would never serve again.
            failed(e);
            return false;
        }
    }

    /// Only speed rests on a hint: one that cannot be sent never costs a beat.
    private void hint() {
        try {
            if (pulse.takeHintWanted()) {
                beat.hint();
            }
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.DEBUG, "the other nodes could not be told to hurry", e);
        }
    }

    /// The first failure of a row of equal ones is logged, and its end.
    private void failed(Throwable e) {
        boolean known = lastFailure.filter(last -> same(last, e)).isPresent();
        lastFailure = Optional.of(e);
        if (!known) {
            LOG.log(System.Logger.Level.WARNING, "no beat; without one for long this node refuses with 503", e);
        }
    }

    private static boolean same(Throwable one, Throwable other) {
        return one.getClass() == other.getClass() && Objects.equals(one.getMessage(), other.getMessage());
    }

    private void succeeded() {
        if (lastFailure.isPresent()) {
            LOG.log(System.Logger.Level.INFO, "this node beats again");
            lastFailure = Optional.empty();
        }
    }

    private boolean step() {
        long started = nanos.getAsLong();
        Beat.Stepped stepped = beat.step();
        if (!stepped.nodes().isEmpty()) {
            pulse.beaten(started, beat.applied(), stepped.nodes());
        }
        return stepped.again();
    }

    /// Until the next beat; while somebody waits for other nodes, looks after them.
    private void rest() {
        long due = nanos.getAsLong() + timing.beatNanos();
        long left = timing.beatNanos();
        while (left > 0 && !pulse.closed()) {
            boolean watched = pulse.watched();
            if (pulse.rest(watched ? Math.min(WATCH_NANOS, left) : left)) {
                return;
            }
            if (watched) {
                look();
            }
            left = due - nanos.getAsLong();
        }
    }

    private void look() {
        try {
            pulse.saw(beat.nodes());
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.DEBUG, "the other nodes could not be looked at", e);
        }
    }

    private void purge() {
        while (!pulse.closed()) {
            LockSupport.parkNanos(PURGE_NANOS);
            try {
                int _ = pulse.closed() ? 0 : db.write(Lane.ADMIN, feed::purge);
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.WARNING, "changes that nobody needs any more could not be deleted", e);
            }
        }
    }

    /// Stops serving, tells the other nodes, and ends the threads.
    @Override
    public void close() {
        pulse.close();
        hints.close();
        LockSupport.unpark(purging);
        lease.end();
        try {
            if (beating.join(Duration.ofMillis(CLOSE_MILLIS))) {
                beat.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (FactsUnavailable e) {
            LOG.log(System.Logger.Level.INFO, "the other nodes find out by themselves that this one left", e);
        }
    }
}
