package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.limit.Buckets;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.assertion.Assertions;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.server.bootstrap.Bootstrap;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.gateway.Gateway;
import dev.gatehouse.server.gateway.RetiredRoutes;
import dev.gatehouse.server.gateway.StandardDialect;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Events;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.SealedKeys;
import dev.gatehouse.server.signed.Signatures;
import dev.gatehouse.storage.Storage;
import dev.gatehouse.testkit.contract.Nouns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that changed and could not be read then are read where waiting is allowed, never on the server's own
/// threads; open streams wait for nobody.
class UnreadKeysTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicLong ahead = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    /// Somebody else at the address of an open stream makes up names, and the node forgets what it knew of the
    /// key.
    @Test
    void aStreamIsNotCutForWhatOthersAtItsAddressGuess(@TempDir Path folder) {
        Custody custody = Custody.open(folder.resolve(Custody.FILE), true, random);
        try (Store store = new Storage(custody.auditMac(), random, CLOCK, System::nanoTime).sqlite(folder)) {
            Secret key = new Bootstrap(custody.checkKeys(), custody.pepper(), CLOCK, random)
                    .install(store, custody.installation())
                    .orElseThrow();
            Act act = Act.system("test", CLOCK.instant());
            Api api = new Nouns(1).api(store.facts().apis().getFirst().organization(), "orders");
            assertThat(store.apis().add(api, act)).isInstanceOf(Stored.Done.class);
            Keys keys = new Keys(store.keys(), custody, CryptoProviders.jdk(), random, CLOCK);
            keys.start(store.facts().apis());
            Prover prover = prover(store, custody, keys);
            Outcome.Forward stream = (Outcome.Forward)
                    loaded(gateway(store, custody, keys, prover).head(call(key)));
            Ask ask = new Ask.Mint(Optional.empty(), InetAddress.getLoopbackAddress());
            for (int i = 0; i <= Misses.BURST; i++) {
                prover.proveLoading(new Presented.Client("nobody-" + i, Secret.of("made-up-secret-" + i)), api, ask);
            }
            lost.set(true);
            assertThat(stream.alive().getAsBoolean()).isTrue();
            ahead.set(Duration.ofSeconds(59).toNanos());
            assertThat(stream.alive().getAsBoolean()).isTrue();
            ahead.set(Duration.ofMinutes(1).toNanos());
            assertThat(stream.alive().getAsBoolean())
                    .as("whoever has it may be the one who guesses")
                    .isFalse();
        }
    }

    @Test
    void aCallReadsKeysOnlyWhereWaitingIsAllowed(@TempDir Path folder) {
        Custody custody = Custody.open(folder.resolve(Custody.FILE), true, random);
        try (Store store = new Storage(custody.auditMac(), random, CLOCK, System::nanoTime).sqlite(folder)) {
            Secret key = new Bootstrap(custody.checkKeys(), custody.pepper(), CLOCK, random)
                    .install(store, custody.installation())
                    .orElseThrow();
            Nouns nouns = new Nouns(1);
            assertThat(store.apis()
                            .add(
                                    nouns.api(store.facts().apis().getFirst().organization(), "orders"),
                                    Act.system("test", CLOCK.instant())))
                    .isInstanceOf(Stored.Done.class);
            Keys keys = new Keys(counted(store.keys()), custody, CryptoProviders.jdk(), random, CLOCK);
            keys.start(store.facts().apis());
            Front gateway = gateway(store, custody, keys, prover(store, custody, keys));
            assertThat(loaded(gateway.head(call(key)))).isInstanceOf(Outcome.Forward.class);
            assertThat(gateway.head(call(key))).isInstanceOf(Outcome.Forward.class);

            down.set(true);
            assertThatThrownBy(keys::changed).isInstanceOf(FactsUnavailable.class);
            int before = reads.get();
            Outcome later = gateway.head(call(key));
            assertThat(later).isInstanceOf(Outcome.Block.class);
            assertThat(reads).hasValue(before);
            assertThat(((Outcome.Answer) loaded(later)).reply().status()).isEqualTo(503);
            assertThat(reads).hasValueGreaterThan(before);

            down.set(false);
            assertThat(loaded(gateway.head(call(key)))).isInstanceOf(Outcome.Forward.class);
            assertThat(gateway.head(call(key))).isInstanceOf(Outcome.Forward.class);
        }
    }

    private static Outcome loaded(Outcome outcome) {
        return ((Outcome.Block) outcome).next().get();
    }

    private Prover prover(Store store, Custody custody, Keys keys) {
        return new Prover(
                losing(store.facts()),
                custody.checkKeys(),
                custody.pepper(),
                new TokenFormats(keys, CLOCK, 10),
                new Misses(() -> 0, new SecureRandom()));
    }

    private Front gateway(Store store, Custody custody, Keys keys, Prover prover) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return new Gateway(
                store.facts(),
                Map.of(),
                _ -> new StandardDialect(
                        Map.of(), new Holders(CryptoProviders.choose(), store.proofs(), custody.pepper(), CLOCK)),
                new Cors(store.facts()),
                new Verifier(prover, store.facts(), CLOCK),
                new CallAssertions(new Assertions(keys, CLOCK, 10)),
                NoPlatforms.calls(store.connections(), custody, CLOCK),
                new Limiter(new Buckets(8, 8, System::nanoTime, new SecureRandom())),
                new RetiredRoutes(store.retiredUses(), CLOCK, Runnable::run),
                new Signatures(new SealedKeys(custody, CLOCK), store.assertions(), CLOCK),
                new Observations(registry, new Events(registry)),
                () -> System.nanoTime() + ahead.get());
    }

    /// These facts; nothing is found of members when the test says so.
    private FactSource losing(FactSource facts) {
        return (FactSource) Proxy.newProxyInstance(
                FactSource.class.getClassLoader(), new Class<?>[] {FactSource.class}, (_, method, arguments) -> {
                    if (lost.get() && List.of("members", "load").contains(method.getName())) {
                        return new FactSource.Look.Absent<Members>();
                    }
                    try {
                        return method.invoke(facts, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /// These keys, away while the test says so, and counted when all are read.
    private KeyStore counted(KeyStore keys) {
        return (KeyStore) Proxy.newProxyInstance(
                KeyStore.class.getClassLoader(), new Class<?>[] {KeyStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("keys")) {
                        reads.incrementAndGet();
                    }
                    if (down.get()) {
                        throw new FactsUnavailable("the test took the database away");
                    }
                    try {
                        return method.invoke(keys, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static HttpFacts call(Secret key) {
        return new HttpFacts(
                "1",
                "public",
                false,
                "GET",
                "orders.example",
                "/me",
                Optional.empty(),
                List.of(new Header("X-Api-Key", key.reveal())),
                Bytes.NONE,
                InetAddress.getLoopbackAddress(),
                System.nanoTime());
    }
}
