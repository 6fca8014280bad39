package dev.gatehouse.storage.facts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who holds one kind of thing whole in memory, and whether they have read it again since it last changed. A
/// change to it counts as applied only then.
final class Rereads {
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final AtomicLong changes = new AtomicLong();
    private volatile long seen;
    private boolean running;
    private volatile boolean failed;

    void add(Runnable reader) {
        readers.add(reader);
    }

    void changed() {
        changes.incrementAndGet();
    }

    /// Whether there is a change that was not read yet.
    boolean behind() {
        return seen != changes.get();
    }

    /// Whether the last reading failed, so that what is in memory may be older than it should be.
    boolean failed() {
        return failed;
    }

    /// Reads every change so far, on this thread or by waiting for another that does it.
    ///
    /// @throws RuntimeException what a reader threw; the change stays unread and is tried again by the next call
    void catchUp() {
        lock.lock();
        try {
            while (running) {
                moved.awaitUninterruptibly();
            }
            if (!behind()) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        run();
    }

    private void run() {
        long before = changes.get();
        long reached = seen;
        boolean done = false;
        try {
            readers.forEach(Runnable::run);
            reached = before;
            done = true;
        } finally {
            failed = !done;
            lock.lock();
            try {
                running = false;
                seen = reached;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
