package dev.gatehouse.storage.feed;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Isolation;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// One node's side of protocol R, a step at a time (docs/decisions/0001-freshness.md has the proof).
/// One thread at a time calls [#step()]; `fresh` and `node` may be asked by any.
final class Beat {
    private static final System.Logger LOG = System.getLogger(Beat.class.getName());

    /// What one step came to.
    ///
    /// @param again whether the next step is due at once: changes came, which only the next beat reports as
    ///     applied, or the node was fenced
    record Stepped(boolean again, List<NodeRow> nodes) {}

    /// How changes are polled.
    @FunctionalInterface
    interface Polling {
        /// What was committed since a position; where the feed is, without one.
        SharedFeed.Poll poll(Session session, Optional<Position> since);

        /// Snapshot difference.
        static Polling of(SharedFeed feed) {
            return (session, since) ->
                    since.isPresent() ? feed.poll(session, since.get().text()) : feed.baseline(session);
        }
    }

    /// Where this node is in the feed.
    private record Joined(long boot, Optional<Position> applied) {}

    private record Beaten(boolean live, Optional<SharedFeed.Poll> poll, List<NodeRow> nodes) {}

    final Lease lease;
    private final long id;
    private final long version;
    private final Db db;
    private final Polling polling;
    private final Follower follower;
    private final LongSupplier nanos;
    private final Timing timing;
    private final DatabaseClock time;
    private final RandomGenerator random;
    private final Peers peers = new Peers();
    private volatile Optional<Joined> joined = Optional.empty();
    private long timeline;
    private volatile boolean replicated;

    Beat(
            Db db,
            Polling polling,
            Follower follower,
            Lease lease,
            LongSupplier nanos,
            Timing timing,
            long version,
            DatabaseClock time,
            RandomGenerator random) {
        this.db = db;
        this.polling = polling;
        this.follower = follower;
        this.lease = lease;
        this.nanos = nanos;
        this.timing = timing;
        this.version = version;
        this.time = time;
        this.random = random;
        this.id = random.nextLong();
    }

    long node() {
        return id;
    }

    /// What this node has applied.
    Position applied() {
        return joined.flatMap(Joined::applied).orElse(Position.NOTHING);
    }

    /// Joins when it has to, beats, polls, applies, trusts, and fences the dead.
    ///
    /// @throws FactsUnavailable when the database did not do its part; nothing is trusted that was not before
    Stepped step() {
        Joined here = joined.orElseGet(this::join);
        Lease.Start start = lease.start();
        Beaten beaten = db.write(Lane.BEAT, Isolation.REPEATABLE_READ, session -> beat(session, here));
        if (!beaten.live()) {
            stop();
            return new Stepped(true, List.of());
        }
        SharedFeed.Poll poll = beaten.poll().orElseThrow();
        time.read(start.nanos(), nanos.getAsLong(), poll.micros());
        boolean changed = apply(here, poll);
        lease.trust(start);
        peers.back(beaten.nodes(), version).forEach(Beat::warn);
        peers.saw(beaten.nodes(), nanos.getAsLong());
        fence();
        return new Stepped(changed, beaten.nodes());
    }

    /// Whoever joins again has not asked what is said meanwhile.
    private static void warn(NodeRow row) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}, of an earlier release (format {1}), serves again: stop it, it does not know what was said since",
                new Id(Kind.NODE, row.id()).text(),
                Long.toString(row.version()));
    }

    private Joined join() {
        Joined fresh = new Joined(random.nextLong(), Optional.empty());
        db.write(Lane.BEAT, session -> {
            NodeTable.join(session, id, fresh.boot(), version);
            return fresh;
        });
        joined = Optional.of(fresh);
        return fresh;
    }

    /// The poll and the beat see one snapshot and stand or fall together: a node that was declared out finds no
    /// row, and a declaration that is under way waits for this transaction and finds another beat. A position of
    /// another timeline is not reported: after a promotion its transaction ids may mean others.
    private Beaten beat(Session session, Joined here) {
        SharedFeed.Poll poll = polling.poll(session, here.applied());
        Position applied =
                here.applied().filter(_ -> poll.timeline() == timeline).orElse(Position.NOTHING);
        if (!NodeTable.beat(session, id, here.boot(), applied)) {
            session.rollbackOnly();
            return new Beaten(false, Optional.empty(), List.of());
        }
        return new Beaten(true, Optional.of(poll), NodeTable.all(session));
    }

    /// Whether anything was dropped from memory.
    private boolean apply(Joined here, SharedFeed.Poll poll) {
        if (poll.timeline() < timeline) {
            stop();
            lease.forget();
            throw new FactsUnavailable("the database is a former primary: its timeline is older than one seen before");
        }
        boolean restart = here.applied().isEmpty() || poll.timeline() > timeline;
        if (restart) {
            lease.end();
            follower.restart();
        } else if (!poll.changes().isEmpty()) {
            follower.apply(poll.changes());
        }
        timeline = poll.timeline();
        replicated = poll.replicated();
        joined = Optional.of(new Joined(here.boot(), Optional.of(Position.parse(poll.position()))));
        return restart || !poll.changes().isEmpty();
    }

    private void stop() {
        lease.end();
        joined = Optional.empty();
    }

    private void fence() {
        long now = nanos.getAsLong();
        List<NodeRow> silent = peers.silent(id, now, timing.patienceNanos());
        List<NodeRow> forgotten = peers.forgotten(now);
        if (!silent.isEmpty() || !forgotten.isEmpty()) {
            db.write(Lane.BEAT, session -> {
                silent.forEach(row -> NodeTable.fence(session, row));
                forgotten.forEach(row -> NodeTable.forget(session, row));
                return silent;
            });
        }
    }

    /// All nodes as they are now, without beating.
    List<NodeRow> nodes() {
        return db.read(Lane.BEAT, NodeTable::all);
    }

    /// Whether the database says of a commit that it is done only when a standby has it too.
    boolean replicated() {
        return replicated;
    }

    /// All nodes as they are now, this one first. Whoever asks does not wait in the beat's way.
    List<NodeStatus> statuses() {
        List<NodeRow> rows = db.read(Lane.ADMIN, NodeTable::all);
        long now = nanos.getAsLong();
        return rows.stream()
                .map(row -> status(row, now))
                .sorted(Comparator.comparing(NodeStatus::self).reversed())
                .toList();
    }

    /// Whether all live nodes know what came with a format, as of the last beat.
    boolean allKnow(long format) {
        return peers.allKnow(format);
    }

    private NodeStatus status(NodeRow row, long now) {
        return new NodeStatus(
                new Id(Kind.NODE, row.id()),
                row.id() == id,
                switch (row.state()) {
                    case LIVE -> NodeStatus.State.LIVE;
                    case OUT -> NodeStatus.State.OUT;
                    case LEFT -> NodeStatus.State.LEFT;
                },
                row.applied().text(),
                row.version(),
                peers.silence(row, now));
    }

    /// Lets the others know that somebody waits for a change.
    void hint() {
        db.write(
                Lane.BEAT,
                session -> session.one(
                        "SELECT pg_notify(?, ?) IS NULL AS sent",
                        row -> row.flag("sent"),
                        Hints.CHANNEL,
                        Long.toString(id)));
    }

    /// Stops serving and tells the others not to wait.
    void leave() {
        Optional<Joined> here = joined;
        stop();
        here.ifPresent(known -> db.write(Lane.BEAT, session -> {
            NodeTable.leave(session, id, known.boot());
            return known;
        }));
    }
}
