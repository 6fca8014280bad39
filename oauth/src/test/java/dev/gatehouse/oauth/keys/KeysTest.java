package dev.gatehouse.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.SigningAlgorithm;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.endpoint.JwksEndpoint;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    private Act act() {
        return Act.system("test", world.now);
    }

    private Keys anotherNode() {
        Keys keys = new Keys(world.store, world.custody, CryptoProviders.jdk(), world.random, world.clock);
        keys.start(world.started);
        return keys;
    }

    private long active(StoredKey.Use use, Optional<Id> api) {
        return world.store.keys().sound().stream()
                .filter(key -> key.use() == use && key.api().equals(api) && key.state() == StoredKey.State.ACTIVE)
                .count();
    }

    private void exactlyOneActive() {
        for (Api api : world.started) {
            assertThat(active(StoredKey.Use.SIGN, Optional.of(api.id())))
                    .isEqualTo(api.tokens().format() == TokenFormat.JWT ? 1 : 0);
        }
        assertThat(active(StoredKey.Use.SEAL, Optional.empty())).isEqualTo(1);
        assertThat(active(StoredKey.Use.ASSERT, Optional.empty())).isEqualTo(1);
        assertThat(active(StoredKey.Use.AUDIT, Optional.empty())).isEqualTo(1);
    }

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
                assertThat(world.keys.ring().verifying(api.id(), victim.id().text(), world.now))
                        .isEmpty();
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
        world.store.down(false);
        assertThat(world.keys.ring().sealing()).isPresent();
    }

    @Test
    void theJwksShowsPublicKeysOfItsApiOnly() {
        world.keys.rotate(world.es256, act());
        JwksEndpoint endpoint = new JwksEndpoint(world.keys, world.clock);
        HttpFacts get = World.http("GET", Optional.empty(), List.of(), new byte[0]);
        Reply reply = endpoint.answer(get, world.es256);
        assertThat(reply.headers()).contains(new Header("Cache-Control", "public, max-age=300"));
        List<?> jwks = (List<?>) ((Body.Json) reply.body()).members().get("keys");
        assertThat(jwks)
                .hasSize(2)
                .allSatisfy(
                        jwk -> assertThat(((Map<?, ?>) jwk).keySet().stream().map(Object::toString))
                                .containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "alg", "use"));
        assertThat((List<?>) ((Body.Json) endpoint.answer(get, world.sealed).body())
                        .members()
                        .get("keys"))
                .isEmpty();
        assertThat((List<?>) ((Body.Json) endpoint.assertionKeys(get).body())
                        .members()
                        .get("keys"))
                .hasSize(1);
        Reply post = endpoint.answer(World.http("POST", Optional.empty(), List.of(), new byte[0]), world.es256);
        assertThat(post.status()).isEqualTo(405);
        world.store.down(true);
        assertThatThrownBy(world.keys::changed).isInstanceOf(FactsUnavailable.class);
        assertThat(endpoint.answer(get, world.es256).status()).isEqualTo(503);
    }

    @Test
    void theMetadataNamesWhatIsThere() {
        HttpFacts get = World.http("GET", Optional.empty(), List.of(), new byte[0]);
        Map<String, ?> members = ((Body.Json) Metadata.answer(get, world.es256).body()).members();
        assertThat(members).extractingByKey("issuer").isEqualTo(world.es256.issuer());
        assertThat(members).extractingByKey("token_endpoint").isEqualTo(world.es256.issuer() + "/oauth2/token");
        assertThat(members).extractingByKey("jwks_uri").isEqualTo(world.es256.issuer() + "/oauth2/jwks");
        assertThat(members)
                .extractingByKey("grant_types_supported")
                .isEqualTo(List.of("client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"));
        assertThat(members)
                .extractingByKey("scopes_supported")
                .isEqualTo(List.of("orders:read", "orders:write", "tokens:delegate"));
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
