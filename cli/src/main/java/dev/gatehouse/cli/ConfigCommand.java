package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.NodeConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatehouse config`.
@Command(
        name = "config",
        description =
                "Check a node's configuration and show what holds and where each value comes from. Starts nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse config --config gatehouse.yaml",
            "  gatehouse config --config gatehouse.yaml --set log.level=debug -o json"
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    NodeOptions options = new NodeOptions();

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() {
        NodeConfig config = options.load(Terminal.of(output.mixee));
        output.list(
                config.describe().stream()
                        .map(shown -> Json.Obj.EMPTY
                                .with("key", shown.key())
                                .with("value", shown.value())
                                .with("origin", shown.origin()))
                        .toList(),
                Optional.empty(),
                "key",
                "value",
                "origin");
        return Exit.OK;
    }
}
