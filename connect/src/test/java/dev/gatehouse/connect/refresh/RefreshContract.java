package dev.gatehouse.connect.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Connection.Health;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Credentials are renewed once, whoever asks and whatever breaks (GAUNTLET J09), on two engines over one
/// database.
abstract class RefreshContract {
    private static final int CALLERS = 50;
    private static final int ROUNDS = 5;

    /// A process that ends between the platform's answer and what is written down.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path keys;

    private final Nouns nouns = new Nouns(9);
    private final Installation installed = nouns.installation();
    private final Act act = nouns.act();
    private final TestClock clock = new TestClock(Nouns.NOW);
    private final FakePlatform platform = new FakePlatform();
    private final Egress egress = Fakes.egress(platform);
    private final List<Store> stores = new ArrayList<>();
    private final List<Refresher> engines = new ArrayList<>();
    private final AtomicInteger down = new AtomicInteger();
    private volatile Milestones milestones = Milestones.NONE;

    /// One store for each node of a database; where one process has the database alone, one for both.
    abstract List<Store> open();

    private Vault vault() {
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
                            egress, _ -> Optional.of(new PlatformClient("gatehouse", Secret.of("client-s3cret")))),
                    RefreshContract::pause,
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
    private static void pause(Duration time) throws InterruptedException {
        if (time.compareTo(Duration.ofSeconds(1)) > 0) {
            new CountDownLatch(1).await();
        }
        LockSupport.parkNanos(1_000_000);
    }

    /// A connection whose access token has ended.
    private Connection connection(ConnectionKind kind, Map<String, String> parts) {
        Connection connection = new Connection(
                nouns.id(Kind.CONNECTION),
                installed.root().id(),
                "Fake",
                kind,
                "crm",
                Health.LIVE,
                Connection.FIRST,
                Optional.of(Nouns.NOW),
                Standing.FRESH,
                Nouns.NOW);
        return done(stores.getFirst()
                .connections()
                .add(connection, vault().seal(connection, 1, Parts.of(parts).bytes()), act));
    }

    private Connection connection() {
        return connection(
                ConnectionKind.OAUTH_INTERNAL, Map.of("access_token", "access-0", "refresh_token", "refresh-0"));
    }

    private Connection now(Connection connection) {
        return stores.getLast().connections().connection(connection.id()).orElseThrow();
    }

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    private List<String> audited(String verb) {
        return stores.getFirst().audit().newest(200).stream()
                .filter(row -> row.verb().equals(verb))
                .map(AuditRow::detail)
                .toList();
    }

    private static String token(Usable usable) {
        assertThat(usable).isInstanceOf(Usable.Ready.class);
        return ((Usable.Ready) usable)
                .parts()
                .part("access_token")
                .orElseThrow()
                .reveal();
    }

    /// Many callers at once, on both engines by turns.
    private List<Usable> storm(Connection connection, long refused) {
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

    @Test
    void fiftyCallersOnTwoEnginesCauseOneRefreshEachTimeTheTokenEnds() {
        Connection connection = connection();
        for (int round = 1; round <= ROUNDS; round++) {
            String expected = "access-" + round;
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            assertThat(platform.requests()).hasSize(round);
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(now(connection).credential()).isEqualTo(1 + ROUNDS);
        assertThat(audited("connection.refresh")).hasSize(ROUNDS);
    }

    @Test
    void fiftyCallersWhoseTokenWasRefusedCauseOneRefresh() {
        Connection connection = connection();
        token(engines.getFirst().use(connection.id(), 0));
        clock.advance(Duration.ofSeconds(60));
        assertThat(storm(connection, 2))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-2"));
        assertThat(platform.requests()).hasSize(2);
    }

    /// A platform that refuses what it has just given is not asked for more.
    @Test
    void tokenThatIsRefusedAtOnceIsNotRenewed() {
        Connection connection = connection();
        token(engines.getFirst().use(connection.id(), 0));
        assertThat(storm(connection, 2)).allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.Rejected.class));
        assertThat(platform.requests()).hasSize(1);
        clock.advance(Duration.ofSeconds(60));
        assertThat(token(engines.getLast().use(connection.id(), 2))).isEqualTo("access-2");
    }

    @Test
    void tokensThatLiveHalfAMinuteAreRenewedOnceInAQuarter() {
        platform.tokensLive(30);
        Connection connection = connection();
        for (int round = 1; round <= ROUNDS; round++) {
            String expected = "access-" + round;
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            assertThat(platform.requests()).hasSize(round);
            clock.advance(Duration.ofSeconds(31));
        }
    }

    @Test
    void requestSaysWhatTheRfcSays() {
        token(engines.getFirst().use(connection().id(), 0));
        assertThat(platform.requests())
                .containsExactly("grant_type=refresh_token&refresh_token=refresh-0&client_id=gatehouse"
                        + "&client_secret=client-s3cret");
    }

    @Test
    void tokenOfAClientIsObtainedWithItsOwnCredentials() {
        Connection connection =
                connection(ConnectionKind.CLIENT_CREDENTIALS, Map.of("client_id", "me", "client_secret", "mine"));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-1"));
        assertThat(platform.requests())
                .containsExactly("grant_type=client_credentials&client_id=me&client_secret=mine");
    }

    /// The platform has rotated, and the new token died with the process.
    @Test
    void answerThatDiesWithItsProcessIsMissed() {
        Connection connection = connection();
        milestones = _ -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> engines.getFirst().use(connection.id(), 0)).isInstanceOf(Killed.class);
        milestones = Milestones.NONE;
        clock.advance(Duration.ofSeconds(45));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.NeedsReauth.class));
        assertThat(platform.requests()).as("no storm afterwards").hasSize(2);
        assertThat(audited("connection.needs_reauth"))
                .singleElement()
                .asString()
                .contains("after an answer that was lost");
    }

    @Test
    void answerThatDiesWithItsProcessIsMadeUpForWhereThePlatformAllowsIt() {
        platform.mood(Mood.GIVES_TWICE);
        Connection connection = connection();
        milestones = _ -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> engines.getFirst().use(connection.id(), 0)).isInstanceOf(Killed.class);
        milestones = Milestones.NONE;
        clock.advance(Duration.ofSeconds(45));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-2"));
        assertThat(platform.requests()).hasSize(2);
        assertThat(audited("connection.refresh")).singleElement().asString().contains("\"lost_before\":\"true\"");
    }

    /// The database is away from the platform's answer on, for longer than whoever asked waits.
    @Test
    void answerIsWrittenDownHoweverLongTheDatabaseIsAway() {
        Connection connection = connection();
        milestones = _ -> down.set(100);
        assertThatThrownBy(() -> engines.getFirst().use(connection.id(), 0)).isInstanceOf(FactsUnavailable.class);
        milestones = Milestones.NONE;
        clock.advance(Duration.ofSeconds(46));
        assertThat(token(engines.getFirst().use(connection.id(), 0))).isEqualTo("access-1");
        assertThat(down.get()).isZero();
        assertThat(platform.requests()).hasSize(1);
        assertThat(audited("connection.refresh")).hasSize(1);
    }

    @Test
    void answerOutlivesWhoeverAskedForIt() throws InterruptedException, ExecutionException {
        Connection connection = connection();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        platform.before(() -> {
            asked.countDown();
            waitFor(go);
        });
        FutureTask<Usable> asking = new FutureTask<>(() -> engines.getFirst().use(connection.id(), 0));
        Thread caller = Thread.ofVirtual().start(asking);
        asked.await();
        caller.interrupt();
        assertThat(asking.get()).isInstanceOf(Usable.Unavailable.class);
        go.countDown();
        engines.getFirst().close();
        assertThat(token(engines.getFirst().use(connection.id(), 0))).isEqualTo("access-1");
        assertThat(platform.requests()).hasSize(1);
    }

    /// What is under way when a node stops is written down, and nothing begins.
    @Test
    void nothingIsRenewedByANodeThatStops() {
        Connection connection = connection();
        engines.getFirst().close();
        assertThat(engines.getFirst().use(connection.id(), 0)).isInstanceOf(Usable.Unavailable.class);
        assertThat(platform.requests()).isEmpty();
        assertThat(token(engines.getLast().use(connection.id(), 0))).isEqualTo("access-1");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "IS_BUSY", "TALKS_NONSENSE", "REDIRECTS"})
    void platformThatFailsIsAskedOnceAndLeftAlone(Mood mood) {
        platform.mood(mood);
        Connection connection = connection();
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.Unavailable.class));
        assertThat(platform.requests()).hasSize(1);
        assertThat(audited("connection.failing")).hasSize(1);
        assertThat(now(connection).health()).isEqualTo(Health.LIVE);
        platform.mood(Mood.GIVES);
        clock.advance(Duration.ofSeconds(121));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-1"));
        assertThat(platform.requests()).hasSize(2);
    }

    /// It has rotated, nobody heard it: what comes next tells.
    @Test
    void answerThatBreaksOffIsNotTakenForNothing() {
        platform.mood(Mood.BREAKS_OFF);
        Connection connection = connection();
        assertThat(engines.getFirst().use(connection.id(), 0)).isInstanceOf(Usable.Unavailable.class);
        assertThat(stores.getFirst()
                        .connections()
                        .sealed(connection.id())
                        .orElseThrow()
                        .renewal()
                        .begun())
                .isTrue();
        platform.mood(Mood.GIVES);
        clock.advance(Duration.ofSeconds(10));
        assertThat(engines.getLast().use(connection.id(), 0)).isInstanceOf(Usable.NeedsReauth.class);
        assertThat(audited("connection.needs_reauth"))
                .singleElement()
                .asString()
                .contains("after an answer that was lost");
    }

    @Test
    void platformThatSaysInvalidGrantIsAskedOnceAndReconnectingKeepsTheId() {
        platform.mood(Mood.SAYS_INVALID_GRANT);
        Connection connection = connection();
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.NeedsReauth.class));
        assertThat(platform.requests()).hasSize(1);
        assertThat(audited("connection.needs_reauth")).hasSize(1);
        Connection broken = now(connection);
        assertThat(broken.health()).isEqualTo(Health.NEEDS_REAUTH);
        platform.mood(Mood.GIVES);
        Connection again = reconnect(broken);
        assertThat(again.id()).isEqualTo(connection.id());
        assertThat(token(engines.getLast().use(connection.id(), 0))).isEqualTo("access-1");
    }

    private Connection reconnect(Connection before) {
        Parts parts = Parts.of(Map.of("access_token", "access-x", "refresh_token", "refresh-0"));
        return done(stores.getFirst()
                .connections()
                .reconnect(
                        before,
                        vault().seal(before, before.credential() + 1, parts.bytes()),
                        Optional.of(Nouns.NOW),
                        act));
    }

    /// Somebody reconnects while the platform refuses the credential before: the refusal is about that one.
    @Test
    void refusalOfACredentialThatWasReplacedMeanwhileIsNobodysBusiness() {
        Connection connection = connection();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        platform.before(() -> {
            platform.before(() -> {});
            reconnect(connection);
        });
        milestones = _ -> platform.mood(Mood.GIVES);
        assertThat(token(engines.getFirst().use(connection.id(), 0))).isEqualTo("access-1");
        assertThat(now(connection).health()).isEqualTo(Health.LIVE);
        assertThat(audited("connection.needs_reauth")).isEmpty();
    }

    @Test
    void tokenThatStillCountsIsUsedWhileThePlatformFails() {
        Connection connection = connection();
        token(engines.getFirst().use(connection.id(), 0));
        platform.mood(Mood.FAILS);
        clock.advance(Duration.ofSeconds(570));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-1"));
        assertThat(platform.requests()).as("one attempt before its end").hasSize(2);
    }

    @Test
    void heldAndRevokedConnectionsAreNotUsedAndNobodyIsAsked() {
        Connection connection = connection();
        done(stores.getFirst().members().hold(connection.id(), Hold.OWNER, act));
        assertThat(engines.getLast().use(connection.id(), 0)).isInstanceOf(Usable.Standing.class);
        done(stores.getFirst().members().lift(connection.id(), Hold.OWNER, act));
        token(engines.getLast().use(connection.id(), 0));
        done(stores.getFirst().members().revoke(connection.id(), act));
        assertThat(engines.getFirst().use(connection.id(), 0)).isInstanceOf(Usable.Standing.class);
        assertThat(engines.getFirst().use(nouns.id(Kind.CONNECTION), 0)).isInstanceOf(Usable.Missing.class);
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void kindsThatNobodyRenewsAreUsedAsTheyAre() {
        Connection external = connection(ConnectionKind.OAUTH_EXTERNAL, Map.of("access_token", "theirs"));
        assertThat(token(engines.getFirst().use(external.id(), 0))).isEqualTo("theirs");
        assertThat(engines.getFirst().use(external.id(), 1)).isInstanceOf(Usable.CallerRenews.class);
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void credentialIsUnreadableAtRestAndNowhereElseThanInItsPlace() {
        Connection connection = connection();
        var stored = stores.getFirst().connections().sealed(connection.id()).orElseThrow();
        assertThat(new String(stored.sealed().bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("refresh-0");
        assertThat(vault().open(connection, stored.sealed())).isPresent();
        Connection renewed = connection.written(Health.LIVE, 2, Optional.empty());
        assertThat(vault().open(renewed, stored.sealed())).as("put back").isEmpty();
        Connection other = new Connection(
                nouns.id(Kind.CONNECTION),
                connection.organization(),
                connection.platform(),
                connection.kind(),
                connection.name(),
                connection.health(),
                connection.credential(),
                connection.tokenExpiresAt(),
                connection.standing(),
                connection.createdAt());
        assertThat(vault().open(other, stored.sealed())).as("another row's").isEmpty();
    }
}
