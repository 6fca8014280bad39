package dev.gatehouse.storage.freshness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The database of the model: multi-version changes, a node table with row locks, three ways to poll.
final class ModelDatabase {
    /// One narrowing of one member.
    static final class Change {
        final int member;
        final long txid;
        final long seq;
        boolean committed;

        Change(int member, long txid, long seq) {
            this.member = member;
            this.txid = txid;
            this.seq = seq;
        }
    }

    /// What a node has read so far.
    interface Position {
        Position NOTHING = change -> false;

        boolean covers(Change change);
    }

    /// Changes that a poll brought, and where it ended.
    record Poll(List<Change> changes, Position position) {}

    static final class Row {
        final long boot;
        long beat;
        boolean live = true;
        Position applied = Position.NOTHING;
        long wallExpiry = Long.MIN_VALUE;
        boolean locked;
        final List<Runnable> waiting = new ArrayList<>();

        Row(long boot) {
            this.boot = boot;
        }

        /// Runs once no transaction holds the row.
        void whenUnlocked(Runnable action) {
            if (locked) {
                waiting.add(action);
            } else {
                action.run();
            }
        }

        void unlock() {
            locked = false;
            List<Runnable> next = List.copyOf(waiting);
            waiting.clear();
            next.forEach(this::whenUnlocked);
        }
    }

    final Map<Integer, Row> nodes = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> open = new TreeSet<>();
    private long nextTxid = 1;
    private long nextSeq = 1;

    long begin() {
        open.add(nextTxid);
        return nextTxid++;
    }

    Change insert(int member, long txid) {
        Change change = new Change(member, txid, nextSeq++);
        changes.add(change);
        return change;
    }

    void commit(Change change) {
        change.committed = true;
        open.remove(change.txid);
    }

    boolean narrowed(int member) {
        return changes.stream().anyMatch(change -> change.committed && change.member == member);
    }

    /// What the feed brings after a position, in the snapshot of this moment.
    Poll poll(Protocol.Feed feed, Position last) {
        Position here = switch (feed) {
            case SNAPSHOT_DIFFERENCE -> snapshot();
            case SEQ_GREATER_THAN_LAST -> highestSeq(last);
            case BELOW_OLDEST_TRANSACTION -> belowOldest();
        };
        List<Change> found = changes.stream()
                .filter(change -> change.committed && here.covers(change) && !last.covers(change))
                .toList();
        return new Poll(found, here);
    }

    private Position snapshot() {
        long xmax = nextTxid;
        Set<Long> inProgress = new HashSet<>(open);
        return change -> change.txid < xmax && !inProgress.contains(change.txid);
    }

    private Position highestSeq(Position last) {
        long highest = changes.stream()
                .filter(change -> change.committed || last.covers(change))
                .mapToLong(change -> change.seq)
                .max()
                .orElse(0);
        return change -> change.seq <= highest;
    }

    private Position belowOldest() {
        long oldest = open.isEmpty() ? nextTxid : open.iterator().next();
        return change -> change.txid < oldest;
    }
}
