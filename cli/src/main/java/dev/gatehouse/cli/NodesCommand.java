package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import picocli.CommandLine.Command;

/// `gatehouse nodes`.
@Command(
        name = "nodes",
        description = "The nodes that serve from one database, the one that answers first.",
        footerHeading = "%nColumns:%n",
        footer = {
            "  SELF                 whether it is the one that answers",
            "  STATE                live: changes wait for it; out: it was silent for too long; left: it stopped",
            "  APPLIED              its position in the feed of changes when it last said so",
            "  SILENT MILLISECONDS  for how long it has said nothing, as the one that answers has seen",
            "  FORMAT               the newest form of stored data that its release writes"
        })
final class NodesCommand extends AdminCommand {
    @Override
    void ask(AdminClient client) {
        Page<Json.Obj> nodes = client.nodes();
        output.list(nodes.items(), nodes.next(), "id", "self", "state", "applied", "silent_milliseconds", "format");
    }
}
