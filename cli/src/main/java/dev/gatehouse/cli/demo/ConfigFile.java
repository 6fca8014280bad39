package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The node configuration of a demo, written into its folder, where it can be read and tried with `gatehouse
/// serve`. The environment has no say in it.
final class ConfigFile {
    private ConfigFile() {}

    static Path write(Path folder, Ports ports) {
        Path file = folder.resolve("gatehouse.yaml");
        OwnerOnly.write(file, """
                # Written by `gatehouse demo` at every start; changes are lost.
                data: %s
                listeners:
                  orders:
                    address: 127.0.0.1
                    port: %d
                    serves: api
                  admin:
                    address: 127.0.0.1
                    port: %d
                    serves: admin
                log:
                  level: warn
                """.formatted(
                        new Json.Str(folder.resolve("data").toString()).compact(),
                        ports.of(Ports.ORDERS),
                        ports.of(Ports.ADMIN)));
        return file;
    }

    static Loaded load(Path file) {
        return NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()));
    }
}
