package dev.gatehouse.cli;

import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.Mistake;
import dev.gatehouse.server.config.NodeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Where a node's configuration comes from.
final class NodeOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a YAML file; without one, defaults and the environment hold")
    Optional<Path> file = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one key of the configuration, above file and environment; several times for more")
    Map<String, String> settings = Map.of();

    /// Reads it all and refuses to go on with any mistake.
    NodeConfig load(Terminal terminal) {
        file.filter(path -> !Files.isReadable(path)).ifPresent(path -> {
            throw Complaint.noStart("cannot read " + path);
        });
        ConfigSources sources = new ConfigSources(file, terminal.environment(), settings, Connection.VARIABLES);
        return switch (NodeConfig.load(sources)) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(List<Mistake> mistakes) ->
                throw Complaint.noStart("the configuration is wrong:\n"
                        + mistakes.stream()
                                .map(mistake -> "  " + Text.line(mistake.toString()))
                                .collect(Collectors.joining("\n")));
        };
    }
}
