package dev.gatehouse.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where configuration comes from; what stands later wins.
///
/// @param file a YAML file
/// @param environment all variables of the process; those that begin with `GATEHOUSE_` are read
/// @param flags keys and values of `--set key=value`
/// @param foreign variables that begin with `GATEHOUSE_` but belong to somebody else, such as the command-line
///     client
public record ConfigSources(
        Optional<Path> file, Map<String, String> environment, Map<String, String> flags, Set<String> foreign) {
    /// Keeps copies.
    public ConfigSources {
        environment = Map.copyOf(environment);
        flags = Map.copyOf(flags);
        foreign = Set.copyOf(foreign);
    }
}
