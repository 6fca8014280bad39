package dev.gatehouse.storage.facts;

import dev.gatehouse.core.id.Id;
import java.util.Arrays;

/// The applied-change counter: how many applications of changes there were, and at which of them each id was last
/// touched. Ids share stripes, so an id may seem touched when another was; that only reads once more. The owner's
/// lock guards writes.
final class Marks {
    private static final int STRIPES = 1 << 12;

    private final long[] touched = new long[STRIPES];
    private volatile long count;

    /// How many applications there were.
    long count() {
        return count;
    }

    /// Begins the next application.
    long next() {
        long next = count + 1;
        count = next;
        return next;
    }

    void touch(Id id) {
        touched[stripe(id.hashCode())] = count;
    }

    void touchAll() {
        Arrays.fill(touched, count);
    }

    boolean touchedSince(Id id, long before) {
        return touched[stripe(id.hashCode())] > before;
    }

    private static int stripe(int hash) {
        return (hash ^ hash >>> 12) & STRIPES - 1;
    }
}
