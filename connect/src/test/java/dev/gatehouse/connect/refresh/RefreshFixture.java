package dev.gatehouse.connect.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.key.Assertions;
import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Vault;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyVault;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Two engines over one database, and a platform that does as it is told.
abstract class RefreshFixture {
    private static final int CALLERS = 50;
    static final int ROUNDS = 5;

    @TempDir
    Path keys;

    final Nouns nouns = new Nouns(9);
    final Installation installed = nouns.installation();
    final Act act = nouns.act();
    final TestClock clock = new TestClock(Nouns.NOW);
    final FakePlatform platform = new FakePlatform();
    final Egress egress = Fakes.egress(platform);
    final List<Store> stores = new ArrayList<>();
    final List<Refresher> engines = new ArrayList<>();
    final AtomicInteger down = new AtomicInteger();
    volatile Milestones milestones = Milestones.NONE;

    /// One store for each node of a database; where one process has the database alone, one for both.
    abstract List<Store> open();

    Vault vault() {
        return new CustodyVault(Custody.open(keys.resolve("keys.json"), true, new SecureRandom()));
    }

    @BeforeEach
    void start() {
        stores.addAll(open());
        assertThat(stores.getFirst().install(installed, act)).isInstanceOf(Stored.Done.class);
        for (int node = 0; node < 2; node++) {
            engines.add(new Refresher(
                    Outage.of(stores.get(node % stores.size()).connections(), down),
                    clock,
                    System::nanoTime,
                    Catalogue.of(List.of(Fakes.entry(platform))),
                    vault(),
                    new TokenEndpoint(
                            egress,
                            _ -> Optional.of(new PlatformClient("gatehouse", Secret.of("client-s3cret"))),
                            new Assertions(clock, new SecureRandom())),
                    RefreshFixture::pause,
                    new Random(node),
                    id -> milestones.answered(id)));
        }
    }

    @AfterEach
    void stop() {
        stores.forEach(Store::close);
        egress.close();
        platform.close();
    }

    /// Leases are not lengthened here; whoever waits looks again at once.
    static void pause(Duration time) throws InterruptedException {
        if (time.compareTo(Duration.ofSeconds(1)) > 0) {
            new CountDownLatch(1).await();
        }
        LockSupport.parkNanos(1_000_000);
    }

    /// A connection whose access token has ended.
    Connection connection(ConnectionKind kind, Map<String, String> parts) {
        Connection connection = new Connection(
                        nouns.id(Kind.CONNECTION),
                        installed.root().id(),
                        "Fake",
                        kind,
                        "crm",
                        "",
                        Standing.FRESH,
                        Nouns.NOW)
                .until(Optional.of(Nouns.NOW));
        return done(stores.getFirst()
                .connections()
                .add(connection, vault().seal(connection, 1, Parts.of(parts).bytes()), act));
    }

    Connection connection() {
        return connection(
                ConnectionKind.OAUTH_INTERNAL, Map.of("access_token", "access-0", "refresh_token", "refresh-0"));
    }

    Connection now(Connection connection) {
        return stores.getLast().connections().connection(connection.id()).orElseThrow();
    }

    static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    List<String> audited(String verb) {
        return stores.getFirst().audit().newest(200).stream()
                .filter(row -> row.verb().equals(verb))
                .map(AuditRow::detail)
                .toList();
    }

    static String token(Usable usable) {
        assertThat(usable).isInstanceOf(Usable.Ready.class);
        return ((Usable.Ready) usable)
                .parts()
                .part("access_token")
                .orElseThrow()
                .reveal();
    }

    /// Many callers at once, on both engines by turns.
    List<Usable> storm(Connection connection, long refused) {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Usable>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Refresher engine = engines.get(i % 2);
                running.add(threads.submit(() -> {
                    start.await();
                    return engine.use(connection.id(), refused);
                }));
            }
            List<Usable> usable = new ArrayList<>();
            for (Future<Usable> one : running) {
                usable.add(one.get());
            }
            return usable;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
