package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.server.bootstrap.Bootstrap;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.Mistake;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET N03: one installation has one key file, also when two nodes start over an empty database at once.
class OneKeyFileTest {
    private final Environment env = Environment.ofSystem();
    private final Postgres.Database database = Postgres.database();

    @TempDir
    Path folder;

    private NodeConfig node(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), """
                data: %s
                database: {url: "%s", user: %s, password: %s}
                listeners:
                  - {name: admin, address: 127.0.0.1, port: 0, serves: admin}
                """.formatted(
                        folder.resolve(name), database.url(), database.user(), database.password()));
        return switch (NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()))) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(List<Mistake> mistakes) -> throw new IllegalStateException(mistakes.toString());
        };
    }

    private boolean installs(Opening opening) {
        return new Bootstrap(opening.custody().checkKeys(), opening.custody().pepper(), env.clock(), env.random())
                .install(opening.store(), opening.custody().installation())
                .isPresent();
    }

    @Test
    void ofTwoFirstStartsAtOnceTheSecondIsToldToCopyTheKeyFileOfTheFirst() throws IOException {
        NodeConfig one = node("one");
        NodeConfig two = node("two");
        Opening first = Opening.of(one, env);
        Opening second = Opening.of(two, env);
        try (var _ = first.store();
                var _ = second.store()) {
            assertThat(installs(first)).isTrue();
            assertThat(installs(second)).isFalse();
            first.requireOneKeyFile(one.keyFile());
            assertThatThrownBy(() -> second.requireOneKeyFile(two.keyFile()))
                    .isInstanceOf(CustodyException.class)
                    .hasMessageContaining("copy from the node that was started first");
        }
        assertThatThrownBy(() -> Gatehouse.start(two, env))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(two.keyFile().toString());
        Files.copy(
                one.keyFile(), two.keyFile(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Gatehouse.start(two, env).close();
    }
}
