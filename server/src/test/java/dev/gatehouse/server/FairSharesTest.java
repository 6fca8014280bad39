package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One organization whose platform is slow leaves room for all others.
class FairSharesTest {
    private static final int CALLS = 12;
    private static final int TRIALS = 4;
    private static final String KEY = "\"key\":\"" + FakePlatform.KEY + "\"";

    @TempDir
    Path folder;

    private final CountDownLatch go = new CountDownLatch(1);
    private FakePlatform platform;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        server = RunningServer.with(folder, new TestClock(Instant.now()), platform.config(folder));
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        go.countDown();
        server.close();
        platform.close();
    }

    /// So many of these at once, all of them at the platform, which answers none before [#go].
    private List<FutureTask<Got>> held(int count, Supplier<Got> request) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(count);
        platform.during(() -> {
            inside.countDown();
            await(go);
        });
        List<FutureTask<Got>> running = Stream.generate(() -> new FutureTask<>(request::get))
                .limit(count)
                .toList();
        running.forEach(Thread.ofVirtual()::start);
        inside.await();
        platform.during(() -> {});
        return running;
    }

    private void answered(List<FutureTask<Got>> running, int status) throws InterruptedException, ExecutionException {
        go.countDown();
        for (FutureTask<Got> one : running) {
            assertThat(one.get().status()).isEqualTo(status);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void turnedAway(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.header("Retry-After")).isNotBlank();
    }

    @Test
    void anOrganizationHasAShareOfTheCallsUnderWay() throws InterruptedException, ExecutionException {
        Customer other = Connected.another(server, "other", "crm:use");
        assertThat(Connected.connectFor(server, other.organization(), "key", "crm", KEY)
                        .status())
                .isEqualTo(201);
        String connection = connected.connected(server, "key", "crm", KEY);
        List<FutureTask<Got>> running = held(CALLS, () -> connected.get(server, connection, "/slow"));
        turnedAway(connected.get(server, connection, "/contacts"));
        assertThat(server.call("orders", "GET", "/own/contacts", "Authorization", "Bearer " + other.apiKey())
                        .status())
                .isEqualTo(200);
        answered(running, 200);
        assertThat(connected.get(server, connection, "/contacts").status()).isEqualTo(200);
    }

    @Test
    void anOrganizationHasAShareOfTheCredentialsThatAreTried() throws InterruptedException, ExecutionException {
        Customer other = Connected.another(server, "other", "crm:use");
        String connection = connected.connected(server, "key", "crm", KEY);
        List<FutureTask<Got>> running = held(
                TRIALS,
                () -> server.admin(
                        "PUT", "/v1/connections/" + connection + "/credential", "{\"credential\":{" + KEY + "}}"));
        turnedAway(connected.connect(server, "key", "another", KEY));
        assertThat(Connected.connectFor(server, other.organization(), "key", "crm", KEY)
                        .status())
                .isEqualTo(201);
        answered(running, 200);
    }
}
