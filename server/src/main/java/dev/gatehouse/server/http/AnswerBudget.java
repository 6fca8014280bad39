package dev.gatehouse.server.http;

import java.util.HashMap;
import java.util.Map;

/// How many bytes of answers a listener holds back at once: besides what it holds of requests, so that answers
/// that are slow to come keep nobody from getting a token, and a small part of it for each of those that share it.
final class AnswerBudget {
    /// For all, in bytes.
    static final long ALL = 32L * 1024 * 1024;

    /// For each.
    static final long EACH = 4L * 1024 * 1024;

    private final long all;
    private final long each;
    private final Map<String, Long> held = new HashMap<>();
    private long sum;

    AnswerBudget(long all, long each) {
        this.all = all;
        this.each = each;
    }

    /// The part of one answer, nothing at first.
    Part part(String sharer) {
        return new Part(sharer);
    }

    private synchronized boolean take(String sharer, long count) {
        long own = held.getOrDefault(sharer, 0L);
        if (sum + count > all || own + count > each) {
            return false;
        }
        sum += count;
        held.put(sharer, own + count);
        return true;
    }

    private synchronized void give(String sharer, long count) {
        sum -= count;
        held.computeIfPresent(sharer, (_, own) -> own == count ? null : own - count);
    }

    /// What one answer has of it. Reading and the end of the request may come on different threads.
    final class Part {
        private final String sharer;
        private long taken;
        private boolean over;

        private Part(String sharer) {
            this.sharer = sharer;
        }

        /// Takes more; false when there is not so much.
        synchronized boolean take(int count) {
            if (over || !AnswerBudget.this.take(sharer, count)) {
                return false;
            }
            taken += count;
            return true;
        }

        /// Gives everything back, for good.
        synchronized void end() {
            over = true;
            give(sharer, taken);
            taken = 0;
        }
    }
}
