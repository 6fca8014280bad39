package dev.gatehouse.server.http;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of bodies a listener holds at once, over all connections and their streams.
final class BodyBudget {
    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long bytes) {
        this.bytes = bytes;
    }

    /// The part of one body, nothing at first.
    Part part() {
        return new Part();
    }

    private boolean take(int count) {
        if (taken.addAndGet(count) <= bytes) {
            return true;
        }
        taken.addAndGet(-count);
        return false;
    }

    /// What one body has of it. Reading and the end of the request may come on different threads.
    final class Part {
        private long held;
        private boolean over;

        /// Takes more; false when there is not so much.
        synchronized boolean take(int count) {
            if (over || !BodyBudget.this.take(count)) {
                return false;
            }
            held += count;
            return true;
        }

        /// Gives everything back, for good.
        synchronized void end() {
            over = true;
            taken.addAndGet(-held);
            held = 0;
        }
    }
}
