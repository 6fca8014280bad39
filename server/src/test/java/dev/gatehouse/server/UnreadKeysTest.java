package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.assertion.Assertions;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.server.bootstrap.Bootstrap;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.gateway.Gateway;
import dev.gatehouse.server.gateway.StandardDialect;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Events;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.storage.Storage;
import dev.gatehouse.testkit.contract.Nouns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that changed and could not be read then are read where waiting is allowed, never on the server's own
/// threads.
class UnreadKeysTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger();

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
            Front gateway = gateway(store, custody, keys);
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

    private static Front gateway(Store store, Custody custody, Keys keys) {
        Prover prover = new Prover(
                store.facts(),
                custody.checkKeys(),
                custody.pepper(),
                new TokenFormats(keys, CLOCK, 10),
                new Misses(() -> 0, new SecureRandom()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return new Gateway(
                store.facts(),
                Map.of(),
                _ -> new StandardDialect(Map.of()),
                new Cors(store.facts()),
                new Verifier(prover, store.facts(), CLOCK),
                new CallAssertions(new Assertions(keys, CLOCK, 10)),
                new Observations(registry, new Events(registry)),
                System::nanoTime);
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
