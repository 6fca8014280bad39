package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Secret;
import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A whole server on loopback that has what every new one has, and nothing more.
///
/// @param key its bootstrap key
public record EmptyServer(Gatehouse gatehouse, URI base, URI orders, Secret key) implements AutoCloseable {
    /// Starts one on SQLite in this folder; ports are free ones.
    public static EmptyServer start(Path folder) throws IOException {
        Gatehouse gatehouse = started(folder);
        return of(gatehouse, Secret.of(gatehouse.bootstrapKey().orElseThrow().reveal()));
    }

    /// Starts one again that was stopped.
    public static EmptyServer start(Path folder, Secret key) throws IOException {
        return of(started(folder), key);
    }

    private static EmptyServer of(Gatehouse gatehouse, Secret key) {
        return new EmptyServer(gatehouse, at(gatehouse, "admin"), at(gatehouse, "api"), key);
    }

    private static Gatehouse started(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                data: %s
                listeners:
                  - {name: api, address: 127.0.0.1, port: 0, serves: api}
                  - {name: admin, address: 127.0.0.1, port: 0, serves: admin}
                log: {level: warn}
                """.formatted(folder.resolve("data")));
        NodeConfig config =
                switch (NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()))) {
                    case Loaded.Good(NodeConfig good) -> good;
                    case Loaded.Wrong(var mistakes) -> throw new IllegalStateException(mistakes.toString());
                };
        return Gatehouse.start(config, Environment.ofSystem());
    }

    private static URI at(Gatehouse gatehouse, String listener) {
        return URI.create("http://127.0.0.1:" + gatehouse.port(listener));
    }

    /// Its admin API, with the bootstrap key.
    public AdminClient admin() {
        return new AdminClient(base, key);
    }

    @Override
    public void close() {
        gatehouse.close();
    }
}
