package dev.gatehouse.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The keys of an installation, and of another node beside it.
abstract class KeysFixture {
    @TempDir
    Path folder;

    World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    Act act() {
        return Act.system("test", world.now);
    }

    Keys anotherNode() {
        Keys keys = new Keys(world.store, world.custody, CryptoProviders.jdk(), world.random, world.clock);
        keys.start(world.started);
        return keys;
    }

    long active(StoredKey.Use use, Optional<Id> api) {
        return world.store.keys().sound().stream()
                .filter(key -> key.use() == use && key.api().equals(api) && key.state() == StoredKey.State.ACTIVE)
                .count();
    }

    void exactlyOneActive() {
        for (Api api : world.started) {
            assertThat(active(StoredKey.Use.SIGN, Optional.of(api.id())))
                    .isEqualTo(api.tokens().format() == TokenFormat.JWT ? 1 : 0);
        }
        assertThat(active(StoredKey.Use.SEAL, Optional.empty())).isEqualTo(1);
        assertThat(active(StoredKey.Use.ASSERT, Optional.empty())).isEqualTo(1);
        assertThat(active(StoredKey.Use.AUDIT, Optional.empty())).isEqualTo(1);
    }
}
