package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource.Look;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/// Makes the changes of one transaction appear together. Whoever looks takes no lock unless changes are applied at
/// that moment, and then looks once more.
final class SequenceLock {
    private static final int OPTIMISTIC_TRIES = 3;

    private final StampedLock sequence = new StampedLock();

    /// Reads until nothing was applied in between.
    <T> Look<T> together(Supplier<Look<T>> read) {
        for (int i = 0; i < OPTIMISTIC_TRIES; i++) {
            long stamp = sequence.tryOptimisticRead();
            if (stamp != 0) {
                Look<T> look = read.get();
                if (sequence.validate(stamp)) {
                    return look;
                }
            }
        }
        return between(read);
    }

    /// Works while nothing is applied.
    <T> T between(Supplier<T> work) {
        long stamp = sequence.readLock();
        try {
            return work.get();
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    /// Applies changes, all at once for whoever reads.
    void apply(Runnable changes) {
        long stamp = sequence.writeLock();
        try {
            changes.run();
        } finally {
            sequence.unlockWrite(stamp);
        }
    }
}
