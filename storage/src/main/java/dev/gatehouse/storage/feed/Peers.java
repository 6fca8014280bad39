package dev.gatehouse.storage.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The other nodes as this one has seen them, and since when, on its own clock, each row has not moved.
final class Peers {
    private static final long FORGET_AFTER_NANOS = Duration.ofHours(1).toNanos();

    private record Seen(NodeRow row, long since) {}

    private volatile Map<Long, Seen> byId = Map.of();

    /// Nodes of a release before a format that have joined since the last look.
    List<NodeRow> back(List<NodeRow> rows, long format) {
        Map<Long, Seen> before = byId;
        return before.isEmpty()
                ? List.of()
                : rows.stream()
                        .filter(row -> row.state() == NodeRow.State.LIVE && row.version() < format)
                        .filter(row -> Optional.ofNullable(before.get(row.id()))
                                .filter(seen -> seen.row().boot() == row.boot())
                                .isEmpty())
                        .toList();
    }

    /// Takes note of all rows.
    ///
    /// @param now the monotonic clock after they were read
    void saw(List<NodeRow> rows, long now) {
        Map<Long, Seen> still = new HashMap<>();
        for (NodeRow row : rows) {
            long since = Optional.ofNullable(byId.get(row.id()))
                    .filter(before -> !moved(before.row(), row))
                    .map(Seen::since)
                    .orElse(now);
            still.put(row.id(), new Seen(row, since));
        }
        byId = still;
    }

    /// Since when a row has not moved, as far as it was watched.
    Duration silence(NodeRow row, long now) {
        return Optional.ofNullable(byId.get(row.id()))
                .filter(seen -> !moved(seen.row(), row))
                .map(seen -> Duration.ofNanos(now - seen.since()))
                .orElse(Duration.ZERO);
    }

    private static boolean moved(NodeRow before, NodeRow now) {
        return before.boot() != now.boot() || before.beat() != now.beat() || before.state() != now.state();
    }

    /// Whether all that serve or may come back know what came with a format; before any was seen that is not
    /// known.
    boolean allKnow(long format) {
        Map<Long, Seen> now = byId;
        return !now.isEmpty()
                && now.values().stream()
                        .map(Seen::row)
                        .allMatch(row -> row.state() == NodeRow.State.LEFT || row.version() >= format);
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
