package dev.gatehouse.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET N03: key-encryption keys are exchanged without a moment in which something cannot be read.
class RewrapTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    private Path file() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private Custody opened() throws IOException {
        return Custody.open(file(), false, world.random);
    }

    private Rewrap rewrap(KeyStore store) throws IOException {
        return new Rewrap(store, opened(), CryptoProviders.jdk(), world.random, world.clock);
    }

    /// A node that starts now; it names what it cannot read.
    private void starts() throws IOException {
        new Keys(world.store, opened(), CryptoProviders.jdk(), world.random, world.clock).start(world.started);
    }

    @Test
    void everyRowIsTakenOverAndTheOldKeyCanGo() throws IOException {
        int rows = world.store.keys().sound().size();
        assertThatThrownBy(() -> {
                    Rewrap first = rewrap(world.store);
                    first.prepare();
                    first.dropOld();
                })
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining("still needed");
        assertThat(rewrap(world.store).run()).isEqualTo(rows);
        assertThat(opened().keyEncryptionKeys()).isEqualTo(2);
        byte[] withOld = Files.readAllBytes(file());
        rewrap(world.store).dropOld();
        assertThat(opened().keyEncryptionKeys()).isEqualTo(1);
        assertThat(Files.readAllBytes(file())).isNotEqualTo(withOld);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        starts();
        assertThat(rewrap(world.store).run()).as("once more, with a third key").isEqualTo(rows);
    }

    @Test
    void stoppedAtAnyRowItGoesOnWhereItStopped() throws IOException {
        int rows = world.store.keys().sound().size();
        for (int stop = 0; stop < rows; stop++) {
            Rewrap stopped = rewrap(new StopsAfter(world.store, stop));
            assertThatThrownBy(stopped::run).isInstanceOf(FactsUnavailable.class);
            starts();
            assertThatThrownBy(() -> rewrap(world.store).dropOld()).isInstanceOf(CustodyException.class);
            assertThat(opened().keyEncryptionKeys()).isEqualTo(2);
            assertThat(rewrap(world.store).run()).isEqualTo(rows - stop);
            rewrap(world.store).dropOld();
            starts();
        }
    }

    @Test
    void aNodeThatRunsFindsTheNewKeyInItsFile() throws IOException {
        assertThat(rewrap(world.store).run()).isPositive();
        world.keys.changed();
        assertThat(world.keys.state().unreadable().ids()).isEmpty();
        Stored<StoredKey> drawn = world.keys.prepare(world.es256, Act.system("test", world.now));
        assertThat(drawn).isInstanceOf(Stored.Done.class);
        rewrap(world.store).dropOld();
        starts();
    }

    @Test
    void anAlteredRowStopsItAndIsNamed() throws IOException {
        StoredKey victim = world.store.keys().sound().getFirst();
        byte[] altered = victim.encrypted().bytes();
        altered[altered.length - 1] ^= 1;
        world.store.tamper(row -> row.id().equals(victim.id()) ? with(row, Encrypted.of(altered)) : row);
        Rewrap rewrap = rewrap(world.store);
        assertThatThrownBy(rewrap::run)
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining(victim.id().text());
    }

    @Test
    void aRowPutBackFromBeforeIsFound() throws IOException {
        StoredKey before = world.store.keys().sound().getFirst();
        rewrap(world.store).run();
        world.store.tamper(row -> row.id().equals(before.id()) ? with(row, before.encrypted()) : row);
        assertThatThrownBy(this::starts)
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining(before.id().text());
    }

    private static StoredKey with(StoredKey row, Encrypted encrypted) {
        return new StoredKey(
                row.id(),
                row.api(),
                row.use(),
                row.algorithm(),
                row.state(),
                row.publicPart(),
                encrypted,
                row.createdAt(),
                row.activatedAt(),
                row.retiredAt(),
                row.version());
    }

    /// A database that goes away after some steps.
    private static final class StopsAfter implements KeyStore {
        private final KeyStore store;
        private int left;

        StopsAfter(KeyStore store, int steps) {
            this.store = store;
            this.left = steps;
        }

        @Override
        public Stored<StoredKey> prepare(StoredKey key, Act act) {
            return store.prepare(key, act);
        }

        @Override
        public Stored<List<StoredKey>> advance(List<KeyStep> steps, Act act) {
            if (left == 0) {
                throw new FactsUnavailable("the test took the database away");
            }
            left--;
            return store.advance(steps, act);
        }

        @Override
        public Stored<Id> withdraw(Id key, Act act) {
            return store.withdraw(key, act);
        }

        @Override
        public Optional<StoredKey> key(Id key) {
            return store.key(key);
        }

        @Override
        public StoredKeys keys() {
            return store.keys();
        }
    }
}
