package dev.gatehouse.storage.feed;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What the beat's thread and those who wait for it share: wake-ups, the nodes as last seen, how far this node
/// is.
final class Pulse {
    /// How many nodes were live, and how many of them have applied what was waited for.
    record Heard(int nodes, int acknowledged) {}

    private final long self;
    private final LongSupplier nanos;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private boolean woken;
    private boolean hintWanted;
    private boolean closed;
    private int waiting;
    private List<NodeRow> nodes = List.of();
    private Position applied = Position.NOTHING;
    private Optional<Long> polledFrom = Optional.empty();

    Pulse(long self, LongSupplier nanos, Timing timing) {
        this.self = self;
        this.nanos = nanos;
        this.timing = timing;
    }

    /// Makes the next beat due now.
    void wake() {
        locked(() -> {
            woken = true;
            wake.signalAll();
            return true;
        });
    }

    void close() {
        locked(() -> {
            closed = true;
            wake.signalAll();
            progress.signalAll();
            return true;
        });
    }

    boolean closed() {
        return locked(() -> closed);
    }

    /// Whether somebody waits for other nodes and they were not told yet; asking is telling.
    boolean takeHintWanted() {
        return locked(() -> {
            boolean wanted = hintWanted;
            hintWanted = false;
            return wanted;
        });
    }

    boolean watched() {
        return locked(() -> waiting > 0);
    }

    /// Takes note of a finished beat.
    ///
    /// @param startedNanos when it began
    void beaten(long startedNanos, Position now, List<NodeRow> seen) {
        locked(() -> {
            applied = now;
            nodes = seen;
            polledFrom = Optional.of(startedNanos);
            progress.signalAll();
            return true;
        });
    }

    /// Takes note of the nodes between two beats.
    void saw(List<NodeRow> seen) {
        locked(() -> {
            nodes = seen;
            progress.signalAll();
            return true;
        });
    }

    /// Lets the beat's thread rest until it is woken or the time is over; whether it was woken.
    boolean rest(long restNanos) {
        return locked(() -> {
            long until = nanos.getAsLong() + restNanos;
            long left = restNanos;
            while (!woken && !closed && left > 0) {
                boolean _ = interruptedIn(wake, left);
                left = until - nanos.getAsLong();
            }
            boolean was = woken;
            woken = false;
            return was;
        });
    }

    /// Waits until this node has applied a transaction, or its lease of that time is over.
    void awaitHere(long txid) {
        await(() -> applied.covers(txid), false);
    }

    /// Waits until no live node is left that has not applied a transaction, or all leases of that time are over.
    /// The nodes count only as they were seen together with the transaction: one whose row is not there yet will
    /// see it in its baseline.
    Heard awaitEverywhere(long txid) {
        Set<Long> met = new HashSet<>(Set.of(self));
        Set<Long> acknowledged = new HashSet<>();
        await(
                () -> {
                    if (!applied.covers(txid)) {
                        return false;
                    }
                    acknowledged.add(self);
                    boolean all = true;
                    for (NodeRow node : nodes) {
                        if (node.state() == NodeRow.State.LIVE && node.id() != self) {
                            boolean here = node.applied().covers(txid);
                            met.add(node.id());
                            all &= here;
                            if (here) {
                                acknowledged.add(node.id());
                            }
                        }
                    }
                    return all;
                },
                true);
        return new Heard(met.size(), acknowledged.size());
    }

    /// Waits for a complete poll that began after this call.
    ///
    /// @throws FactsUnavailable when there is none within two beats
    void awaitPoll() {
        long from = nanos.getAsLong();
        boolean done = waitFor(
                () -> polledFrom.isPresent() && polledFrom.get() - from >= 0, from, 2 * timing.beatNanos(), false);
        if (!done) {
            throw new FactsUnavailable("the change feed did not answer in time");
        }
    }

    private void await(BooleanSupplier done, boolean everywhere) {
        // The time limit is an outcome like the other: past it every lease that was open at the commit has run out.
        boolean _ = waitFor(done, nanos.getAsLong(), timing.patienceNanos(), everywhere);
    }

    private boolean waitFor(BooleanSupplier done, long from, long limitNanos, boolean everywhere) {
        return locked(() -> {
            waiting++;
            hintWanted |= everywhere;
            woken = true;
            wake.signalAll();
            boolean interrupted = false;
            try {
                while (!done.getAsBoolean()) {
                    long left = from + limitNanos - nanos.getAsLong();
                    if (left <= 0) {
                        return false;
                    }
                    // A writer that is told to hurry still must not answer too early.
                    interrupted |= interruptedIn(progress, left);
                }
                return true;
            } finally {
                waiting--;
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private static boolean interruptedIn(Condition condition, long nanos) {
        try {
            long _ = condition.awaitNanos(nanos);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean locked(BooleanSupplier action) {
        lock.lock();
        try {
            return action.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
