package dev.gatehouse.server.admin;

import dev.gatehouse.core.store.NodeStatus;
import java.util.List;
import java.util.stream.Collectors;

/// What is only said when all nodes that may be serving know it: a release before would go on as if nobody had.
final class Releases {
    private Releases() {}

    /// @param format with which it came
    static Got<Boolean> known(Call call, long format) {
        List<NodeStatus> older = call.desk().store().older(format);
        return older.isEmpty()
                ? Got.of(true)
                : Got.no(new Problem.Conflict("nodes of an earlier release, which do not know this, are live: "
                        + older.stream().map(node -> node.id().text()).sorted().collect(Collectors.joining(", "))));
    }
}
