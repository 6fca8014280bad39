package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The processes that serve from one database, as the one that answers sees them. For the provider only.
final class Nodes {
    private static final Type<String> POSITION =
            Type.text("a position in the change feed", Map.of(), Optional::of, Function.identity());

    static final Noun<NodeStatus> NOUN = new Noun<>(
            "node",
            List.of(
                    Attribute.of("id", Types.id(Kind.NODE), NodeStatus::id),
                    Attribute.of("self", Type.flag(), NodeStatus::self),
                    Attribute.of("state", Types.word(NodeStatus.State.class), NodeStatus::state),
                    Attribute.of("applied", POSITION, NodeStatus::applied),
                    Attribute.of(
                            "silent_milliseconds",
                            Types.COUNT,
                            node -> node.silent().toMillis()),
                    Attribute.of("format", Types.COUNT, NodeStatus::format)));

    private Nodes() {}

    static Got<Reply> list(Call call) {
        if (!call.provider()) {
            return Got.no(new Problem.Beyond("nodes are shown to the provider only"));
        }
        return Got.of(Reply.json(
                200,
                Map.of(
                        "items",
                        call.desk().store().nodes().stream()
                                .map(node -> NOUN.show(node, call.view()))
                                .toList())));
    }
}
