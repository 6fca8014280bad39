package dev.gatehouse.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/// Configuration from a file, the environment and flags.
abstract class NodeConfigFixture {
    @TempDir
    Path folder;

    String file() {
        return folder.resolve("gatehouse.yaml").toString();
    }

    Loaded load(String yaml, Map<String, String> environment, Map<String, String> flags) {
        try {
            Path file = Files.writeString(Path.of(file()), yaml);
            return NodeConfig.load(new ConfigSources(Optional.of(file), environment, flags, Set.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeConfig good(String yaml, Map<String, String> environment, Map<String, String> flags) {
        return switch (load(yaml, environment, flags)) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(List<Mistake> mistakes) -> throw new AssertionError(mistakes);
        };
    }

    List<Mistake> wrong(String yaml, Map<String, String> environment, Map<String, String> flags) {
        return switch (load(yaml, environment, flags)) {
            case Loaded.Good(NodeConfig config) -> throw new AssertionError("was read: " + config);
            case Loaded.Wrong(List<Mistake> mistakes) -> mistakes;
        };
    }
}
