package dev.gatehouse.storage.feed;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// A snapshot of PostgreSQL, read from the text of its `pg_snapshot`: `xmin:xmax:xip,xip`.
///
/// @param text what it was read from
record Position(String text, long xmin, long xmax, Set<Long> inProgress) {
    /// Before everything.
    static final Position NOTHING = parse("1:1:");

    /// Reads the text that PostgreSQL wrote.
    static Position parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a snapshot: " + text);
        }
        Set<Long> inProgress = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",", -1)).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        return new Position(text, Long.parseLong(parts[0]), Long.parseLong(parts[1]), inProgress);
    }

    /// Whether a transaction that committed is seen by this snapshot; the same as `pg_visible_in_snapshot`.
    boolean covers(long txid) {
        return txid < xmin || (txid < xmax && !inProgress.contains(txid));
    }

    @Override
    public String toString() {
        return text;
    }
}
