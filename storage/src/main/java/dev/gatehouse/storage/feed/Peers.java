package dev.gatehouse.storage.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The other nodes as this one has seen them, and since when, on its own clock, each row has not moved.
final class Peers {
    private static final long FORGET_AFTER_NANOS = Duration.ofHours(1).toNanos();

    private record Seen(NodeRow row, long since) {}

    private final Map<Long, Seen> byId = new HashMap<>();

    /// Takes note of all rows.
    ///
    /// @param now the monotonic clock after they were read
    void saw(List<NodeRow> rows, long now) {
        Map<Long, Seen> still = new HashMap<>();
        for (NodeRow row : rows) {
            Seen before = byId.get(row.id());
            boolean moved = before == null
                    || before.row().boot() != row.boot()
                    || before.row().beat() != row.beat()
                    || before.row().state() != row.state();
            still.put(row.id(), new Seen(row, moved ? now : before.since()));
        }
        byId.clear();
        byId.putAll(still);
    }

    /// Live nodes that have been silent so long that whatever lease they had is over.
    List<NodeRow> silent(long self, long now, long patienceNanos) {
        return unmoved(now, patienceNanos, row -> row.state() == NodeRow.State.LIVE && row.id() != self);
    }

    /// Rows of nodes that are gone for good.
    List<NodeRow> forgotten(long now) {
        return unmoved(now, FORGET_AFTER_NANOS, row -> row.state() != NodeRow.State.LIVE);
    }

    private List<NodeRow> unmoved(long now, long forNanos, Predicate<NodeRow> which) {
        return byId.values().stream()
                .filter(seen -> which.test(seen.row()) && now - seen.since() >= forNanos)
                .map(Seen::row)
                .toList();
    }
}
