package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.Rotation;
import dev.gatehouse.oauth.keys.Schedule;
import dev.gatehouse.server.bootstrap.Bootstrap;
import dev.gatehouse.storage.Storage;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET N02: of several nodes that rotate at once each step is taken once.
class RotationRaceTest {
    private static final int NODES = 3;

    private final SecureRandom random = new SecureRandom();
    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Deque<Store> open = new ArrayDeque<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        open.forEach(Store::close);
    }

    private record Node(Keys keys, Rotation rotation) {}

    private Node node(Store store, Custody custody) {
        Keys keys = new Keys(store.keys(), custody, CryptoProviders.jdk(), random, clock);
        store.onKeysChanged(keys::changed);
        keys.start(List.of());
        return new Node(keys, new Rotation(keys, List::of, new Schedule(Optional.of(Duration.ofDays(30))), clock));
    }

    private Store opened(Store store) {
        open.push(store);
        return store;
    }

    private Storage storage(Custody custody) {
        return new Storage(custody.auditMac(), random, InstantSource.system(), System::nanoTime);
    }

    private List<Store> stores(String database, Custody custody) {
        if (database.equals("sqlite")) {
            Store one = opened(storage(custody).sqlite(folder.resolve("data")));
            return List.of(one, one, one);
        }
        Postgres.Database shared = Postgres.database();
        List<Store> stores = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            stores.add(opened(storage(custody)
                    .postgresql(shared.url(), shared.user(), dev.gatehouse.core.secret.Secret.of(shared.password()))));
        }
        return stores;
    }

    private static void race(List<Node> nodes) throws Exception {
        var _ = atOnce(nodes, node -> node.rotation().round());
    }

    private static <T, R> List<R> atOnce(List<T> those, Function<T, R> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(those.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(those.size())) {
            List<Future<R>> running = new ArrayList<>();
            for (T one : those) {
                Callable<R> task = () -> {
                    start.await();
                    return work.apply(one);
                };
                running.add(threads.submit(task));
            }
            List<R> done = new ArrayList<>();
            for (Future<R> one : running) {
                done.add(one.get());
            }
            return done;
        }
    }

    /// No key retires that another node has just begun with: verifiers would have to learn two.
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void n02NodesThatBeginAtOnceBeginWithTheSameKeys(String database) throws Exception {
        Custody custody = Custody.open(folder.resolve("keys"), true, random);
        List<Store> stores = stores(database, custody);
        Store store = stores.getFirst();
        new Bootstrap(custody.checkKeys(), custody.pepper(), clock, random).install(store, custody.installation());
        List<Node> nodes = atOnce(stores, one -> node(one, custody));
        begunWithOneKeyEach(store, 1);
        for (int times = 2; times <= 4; times++) {
            for (StoredKey key : store.keys().keys().sound()) {
                assertThat(store.keys().withdraw(key.id(), Act.system("test", clock.instant())))
                        .isInstanceOf(Stored.Done.class);
            }
            race(nodes);
            begunWithOneKeyEach(store, times);
        }
    }

    private static void begunWithOneKeyEach(Store store, int times) {
        assertThat(keyVerbs(store))
                .doesNotContain("key.retire")
                .filteredOn("key.activate"::equals)
                .hasSize(3 * times);
    }

    private static List<String> keyVerbs(Store store) {
        return store.audit().newest(200).stream()
                .map(AuditRow::verb)
                .filter(verb -> verb.startsWith("key."))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void n02EachStepIsTakenOnceHoweverManyNodesTakeIt(String database) throws Exception {
        Custody custody = Custody.open(folder.resolve("keys"), true, random);
        List<Store> stores = stores(database, custody);
        Store store = stores.getFirst();
        new Bootstrap(custody.checkKeys(), custody.pepper(), clock, random).install(store, custody.installation());
        List<Node> nodes = stores.stream().map(one -> node(one, custody)).toList();
        states(store, 3, 0, 0);
        for (int rotation = 0; rotation < 2; rotation++) {
            // Keys of the audit trail do not end: what they sealed is to be proven for good.
            clock.advance(Duration.ofDays(29).plusMinutes(5));
            race(nodes);
            states(store, 3, 3, rotation);
            clock.advance(Duration.ofDays(1));
            race(nodes);
            states(store, 3, 0, 3 + rotation);
            clock.advance(Duration.ofDays(1).plusMinutes(2));
            race(nodes);
            states(store, 3, 0, 1 + rotation);
        }
        assertThat(keyVerbs(store))
                .containsOnly("key.prepare", "key.activate", "key.retire", "key.withdraw")
                .satisfies(verbs -> {
                    assertThat(verbs).filteredOn("key.prepare"::equals).hasSize(9);
                    assertThat(verbs).filteredOn("key.activate"::equals).hasSize(9);
                    assertThat(verbs).filteredOn("key.retire"::equals).hasSize(6);
                    assertThat(verbs).filteredOn("key.withdraw"::equals).hasSize(4);
                });
        for (Node node : nodes) {
            assertThat(node.rotation().unreadable()).isZero();
            assertThat(node.rotation().age(StoredKey.Use.SEAL))
                    .contains(Duration.ofDays(1).plusMinutes(2));
            assertThat(node.rotation().untilNext(StoredKey.Use.SEAL))
                    .contains(Duration.ofDays(29).minusMinutes(2));
        }
    }

    private static void states(Store store, int active, int prepared, int retired) {
        List<State> states =
                store.keys().keys().sound().stream().map(StoredKey::state).toList();
        assertThat(states).hasSize(active + prepared + retired);
        assertThat(states).filteredOn(State.ACTIVE::equals).hasSize(active);
        assertThat(states).filteredOn(State.PREPARED::equals).hasSize(prepared);
    }

    @Test
    void aKeyIsNotUsedBeforeVerifiersKnowIt() throws Exception {
        Custody custody = Custody.open(folder.resolve("keys"), true, random);
        Store store = stores("sqlite", custody).getFirst();
        Node node = node(store, custody);
        clock.advance(Duration.ofDays(300));
        race(List.of(node));
        states(store, 3, 3, 0);
        clock.advance(Schedule.PUBLISHED_BEFORE.minusSeconds(1));
        race(List.of(node));
        states(store, 3, 3, 0);
        clock.advance(Duration.ofSeconds(1));
        race(List.of(node));
        states(store, 3, 0, 3);
    }
}
