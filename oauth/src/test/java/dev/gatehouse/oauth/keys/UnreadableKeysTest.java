package dev.gatehouse.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that are not what was stored, or cannot be read now, are not used (GAUNTLET N03).
class UnreadableKeysTest extends KeysFixture {
    @Test
    void n03AnotherKeyFileStopsTheStart(@TempDir Path other) {
        Custody wrong = Custody.open(other.resolve(Custody.FILE), true, world.random);
        Keys keys = new Keys(world.store, wrong, CryptoProviders.jdk(), world.random, world.clock);
        assertThatThrownBy(() -> keys.start(world.started))
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining("key file");
    }

    @Test
    void n03AlteredRowsAreNotUsedAndStopTheNextStart() {
        StoredKey second = ((Stored.Done<StoredKey>) world.keys.prepare(world.es256, act())).value();
        List<UnaryOperator<StoredKey>> alterations = List.of(
                key -> with(key, key.api(), key.publicPart(), flipped(key.encrypted())),
                key -> with(key, key.api(), key.publicPart(), second.encrypted()),
                key -> placed(
                        key, StoredKey.State.RETIRED, key.createdAt(), key.activatedAt(), Optional.of(world.now), 1),
                key -> placed(key, StoredKey.State.PREPARED, key.createdAt(), key.activatedAt(), Optional.empty(), 1),
                key -> placed(
                        key, key.state(), key.createdAt().plusNanos(1000), key.activatedAt(), Optional.empty(), 1),
                key -> placed(key, key.state(), key.createdAt(), Optional.of(Instant.MAX), Optional.empty(), 1),
                key -> placed(key, key.state(), key.createdAt(), Optional.empty(), Optional.empty(), 1),
                key -> placed(key, key.state(), key.createdAt(), key.activatedAt(), Optional.of(world.now), 1),
                key -> placed(key, key.state(), key.createdAt(), key.activatedAt(), Optional.empty(), 2),
                key -> placed(key, key.state(), key.createdAt(), key.activatedAt(), Optional.empty(), 0),
                key -> with(key, key.api(), key.publicPart() + " ", key.encrypted()),
                key -> with(
                        key,
                        key.api(),
                        second.publicPart().replace(second.id().text(), key.id().text()),
                        key.encrypted()),
                key -> with(key, Optional.of(world.rs256.id()), key.publicPart(), key.encrypted()),
                key -> with(key, key.api(), "{}", key.encrypted()),
                key -> with(key, key.api(), "", key.encrypted()));
        List<StoredKey> good = world.store.keys().sound();
        StoredKey victim = good.stream()
                .filter(key -> key.api().equals(Optional.of(world.es256.id())) && key.state() == StoredKey.State.ACTIVE)
                .findFirst()
                .orElseThrow();
        for (UnaryOperator<StoredKey> alteration : alterations) {
            world.store.tamper(key -> key.id().equals(victim.id()) ? alteration.apply(key) : key);
            world.keys.changed();
            for (Api api : world.started) {
                assertThatThrownBy(() -> world.keys
                                .ring()
                                .verifying(api.id(), victim.id().text(), world.now))
                        .isInstanceOf(FactsUnavailable.class);
            }
            assertThatThrownBy(this::anotherNode)
                    .isInstanceOf(CustodyException.class)
                    .hasMessageContaining(victim.id().text());
            world.store.tamper(key -> key.id().equals(victim.id()) ? victim : key);
        }
        world.keys.changed();
        assertThat(world.keys.ring().verifying(world.es256.id(), victim.id().text(), world.now))
                .isPresent();
    }

    @Test
    void keysThatCannotBeReadAreUnavailableAndNeverStale() {
        world.store.down(true);
        assertThatThrownBy(world.keys::changed).isInstanceOf(FactsUnavailable.class);
        assertThatThrownBy(() -> world.keys.ring()).isInstanceOf(FactsUnavailable.class);
        assertThatThrownBy(world.keys::catchUp).isInstanceOf(FactsUnavailable.class);
        world.store.down(false);
        world.keys.catchUp();
        assertThat(world.keys.ring().sealing()).isPresent();
    }

    private static Encrypted flipped(Encrypted encrypted) {
        byte[] bytes = encrypted.bytes();
        bytes[bytes.length - 1] ^= 1;
        return Encrypted.of(bytes);
    }

    private static StoredKey with(StoredKey key, Optional<Id> api, String publicPart, Encrypted encrypted) {
        return new StoredKey(
                key.id(),
                api,
                key.use(),
                key.algorithm(),
                key.state(),
                publicPart,
                encrypted,
                key.createdAt(),
                key.activatedAt(),
                key.retiredAt(),
                key.version());
    }

    private static StoredKey placed(
            StoredKey key,
            StoredKey.State state,
            Instant created,
            Optional<Instant> activated,
            Optional<Instant> retired,
            long version) {
        return new StoredKey(
                key.id(),
                key.api(),
                key.use(),
                key.algorithm(),
                state,
                key.publicPart(),
                key.encrypted(),
                created,
                activated,
                retired,
                version);
    }
}
