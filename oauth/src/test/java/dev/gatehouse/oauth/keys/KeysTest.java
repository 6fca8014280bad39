package dev.gatehouse.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The life of signing and sealing keys, on one node and on several (GAUNTLET N02).
class KeysTest extends KeysFixture {
    @Test
    void theStartDrawsWhatIsMissingOnce() {
        exactlyOneActive();
        StoredKeys before = world.store.keys();
        anotherNode();
        assertThat(world.store.keys()).isEqualTo(before);
    }

    @Test
    void rotationLeavesExactlyOneActiveAndAcceptsTheOldOne() {
        String old = world.text(world.es256);
        for (int i = 0; i < 3; i++) {
            assertThat(world.keys.rotate(world.es256, act())).isInstanceOf(Stored.Done.class);
            assertThat(world.keys.rotateSealing(act())).isInstanceOf(Stored.Done.class);
            assertThat(world.keys.rotateAsserting(act())).isInstanceOf(Stored.Done.class);
            assertThat(world.keys.rotateAuditing(act())).isInstanceOf(Stored.Done.class);
            exactlyOneActive();
        }
        assertThat(world.formats.read(Secret.of(old), world.es256)).isInstanceOf(Read.Proven.class);
        assertThat(world.keys.ring().published(world.es256.id(), world.now)).hasSize(4);
    }

    @Test
    void aPreparedKeyIsPublishedBeforeItSigns() {
        StoredKey next = ((Stored.Done<StoredKey>) world.keys.prepare(world.es256, act())).value();
        assertThat(world.keys.ring().published(world.es256.id(), world.now))
                .anyMatch(jwk -> jwk.keyId().equals(next.id().text()));
        assertThat(world.keys
                        .ring()
                        .signing(world.es256.id(), SigningAlgorithm.ES256)
                        .orElseThrow()
                        .life()
                        .id())
                .isNotEqualTo(next.id());
        world.keys.rotate(world.es256, act());
        assertThat(world.keys
                        .ring()
                        .signing(world.es256.id(), SigningAlgorithm.ES256)
                        .orElseThrow()
                        .life()
                        .id())
                .isEqualTo(next.id());
        exactlyOneActive();
    }

    @Test
    void twoNodesTakeADueStepOnce() {
        Keys other = anotherNode();
        StoredKey prepared = ((Stored.Done<StoredKey>) world.keys.prepare(world.es256, act())).value();
        Due due = new Due.Activate(Line.of(world.es256), prepared);
        other.take(due);
        StoredKeys after = world.store.keys();
        world.keys.take(due);
        assertThat(world.store.keys()).isEqualTo(after);
        exactlyOneActive();
        assertThat(world.keys
                        .ring()
                        .signing(world.es256.id(), SigningAlgorithm.ES256)
                        .orElseThrow()
                        .life()
                        .id())
                .isEqualTo(prepared.id());
    }

    @Test
    void aTokenOfOneNodeIsReadByAnotherThatWasTold() {
        Keys other = anotherNode();
        world.keys.rotate(world.es256, act());
        other.changed();
        String keyId = world.keys
                .ring()
                .signing(world.es256.id(), SigningAlgorithm.ES256)
                .orElseThrow()
                .jwk()
                .keyId();
        assertThat(other.ring().verifying(world.es256.id(), keyId, world.now)).isPresent();
    }

    @Test
    void aWithdrawnKeyEndsAtOnceEvenInTheCacheAndAnotherTakesItsPlace() {
        for (Api api : List.of(world.es256, world.sealed)) {
            Secret token = world.token(api).text();
            assertThat(world.formats.read(token, api)).isInstanceOf(Read.Proven.class);
            StoredKey.Use use = api.tokens().format() == TokenFormat.JWT ? StoredKey.Use.SIGN : StoredKey.Use.SEAL;
            StoredKey key = world.store.keys().sound().stream()
                    .filter(row -> row.use() == use
                            && (row.api().isEmpty() || row.api().get().equals(api.id())))
                    .findFirst()
                    .orElseThrow();
            assertThat(world.keys.retire(key.id(), world.started, act())).isInstanceOf(Stored.Done.class);
            assertThat(world.formats.read(token, api)).isInstanceOf(Read.Refused.class);
            assertThat(world.formats.read(world.token(api).text(), api)).isInstanceOf(Read.Proven.class);
            exactlyOneActive();
        }
    }

    @Test
    void aChangeOfAlgorithmGetsANewKey() {
        Api changed = World.with(
                world.es256, new TokenPolicy(TokenFormat.JWT, SigningAlgorithm.EDDSA, Duration.ofMinutes(1)));
        String old = world.text(world.es256);
        world.keys.ensure(changed);
        assertThat(world.formats.read(Secret.of(world.text(changed)), changed)).isInstanceOf(Read.Proven.class);
        assertThat(world.formats.read(Secret.of(old), changed)).isInstanceOf(Read.Proven.class);
        exactlyOneActive();
    }
}
