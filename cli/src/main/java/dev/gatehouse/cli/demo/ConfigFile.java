package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The node configuration of a demo, written into its folder, where it can be read and tried with `gatehouse
/// serve`. The environment has no say in it.
final class ConfigFile {
    private ConfigFile() {}

    /// Writes the file; only when the folder is known to be this process's own.
    static void keep(Path folder, Ports ports) {
        OwnerOnly.write(folder.resolve("gatehouse.yaml"), text(folder, ports));
    }

    /// Reads what the file says, or will say, before the folder is this process's own.
    static Loaded load(Path folder, Ports ports) throws IOException {
        Path file = Files.createTempFile("gatehouse-demo", ".yaml");
        try {
            Files.writeString(file, text(folder, ports));
            return NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()));
        } finally {
            Files.delete(file);
        }
    }

    private static String text(Path folder, Ports ports) {
        return """
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
                %slog:
                  level: warn
                egress:
                  allow: [%s]
                connections:
                  platforms: %s
                  clients-file: %s
                """.formatted(
                        quoted(folder.resolve("data").toString()),
                        ports.of(Ports.ORDERS),
                        ports.of(Ports.ADMIN),
                        Stream.concat(Ports.DIALECTS.stream(), Stream.of(AccountsSetup.NAME))
                                .map(name -> listener(name, ports.of(name)))
                                .collect(Collectors.joining()),
                        quoted("https://localhost:" + ports.of(Ports.CRM) + " " + CrmFiles.certificate(folder)),
                        quoted(CrmFiles.platforms(folder).toString()),
                        quoted(CrmFiles.clients(folder).toString()));
    }

    private static String quoted(String text) {
        return new Json.Str(text).compact();
    }

    private static String listener(String name, int port) {
        return "  " + name + ":\n    address: 127.0.0.1\n    port: " + port + "\n    serves: api\n";
    }
}
