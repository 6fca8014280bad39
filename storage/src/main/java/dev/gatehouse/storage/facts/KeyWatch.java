package dev.gatehouse.storage.facts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Whoever holds keys in memory, and whether they have read them again since the keys last changed. A change to
/// the keys counts as applied only then.
final class KeyWatch {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long changes;
    private long seen;
    private boolean running;
    private volatile boolean failed;

    void add(Runnable listener) {
        listeners.add(listener);
    }

    void changed() {
        lock.lock();
        try {
            changes++;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the last run of the listeners failed, so that keys in memory may be older than they should be.
    boolean failed() {
        return failed;
    }

    /// Lets the listeners see every change so far, on this thread or by waiting for another that does it.
    ///
    /// @throws RuntimeException what a listener threw; the change stays unseen and is tried again by the next
    /// call
    void catchUp() {
        lock.lock();
        try {
            while (running) {
                moved.awaitUninterruptibly();
            }
            if (seen == changes) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        run();
    }

    private void run() {
        long reached = -1;
        try {
            long before = changes();
            listeners.forEach(Runnable::run);
            reached = before;
        } finally {
            failed = reached < 0;
            lock.lock();
            try {
                running = false;
                seen = Math.max(seen, reached);
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }
}
