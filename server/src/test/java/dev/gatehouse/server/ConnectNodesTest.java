package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// GAUNTLET J01: whatever comes many times at once, to two nodes, is taken once.
class ConnectNodesTest {
    private static final int CALLERS = 20;

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();
    private RunningServer first;
    private RunningServer second;
    private String organization = "";

    @BeforeEach
    void start() throws IOException {
        Postgres.Database database = Postgres.database();
        String block = platform.config(folder)
                + """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(folder.resolve("keys.json"), database.url(), database.user(), database.password());
        TestClock clock = new TestClock(Instant.now());
        first = RunningServer.with(Files.createDirectory(folder.resolve("1")), clock, block);
        Customer.created(
                first,
                "/v1/apis",
                "{\"name\":\"orders\",\"issuer\":\"%s\",\"listener\":\"orders\",\"return_to\":[\"%s\"]}"
                        .formatted(first.base("orders"), ConnectWorld.RETURN));
        // After it, so that it knows the Api from its start.
        second = RunningServer.with(Files.createDirectory(folder.resolve("2")), clock, block);
        organization = Customer.created(first, "/v1/organizations", "{\"name\":\"Acme\"}")
                .get("id")
                .asString();
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
        platform.close();
    }

    private static List<Got> atOnce(List<Callable<Got>> callers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(callers.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (Callable<Got> caller : callers) {
                running.add(threads.submit(() -> {
                    start.await();
                    return caller.call();
                }));
            }
            List<Got> done = new ArrayList<>();
            for (Future<Got> one : running) {
                done.add(one.get());
            }
            return done;
        }
    }

    private RunningServer node(int i) {
        return i % 2 == 0 ? first : second;
    }

    /// A browser as it is now, as often as it is wanted.
    private Reader like(Reader browser, int i) {
        Reader same = new Reader(node(i), "orders");
        same.cookies().putAll(browser.cookies());
        return same;
    }

    @Test
    void aLinkAReturnAndACodeAreTakenOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            JsonNode session = Customer.created(
                    first,
                    "/v1/organizations/" + organization + "/connect-sessions",
                    "{" + ConnectWorld.members("crm" + round, "ann") + "}");
            List<Reader> browsers = IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Reader(node(i), "orders"))
                    .toList();
            browsers.forEach(browser -> assertThat(
                            browser.open(ConnectWorld.path(session)).status())
                    .isEqualTo(200));
            List<Got> taken = atOnce(browsers.stream()
                    .map(browser -> (Callable<Got>) () -> browser.send("/oauth2/connect"))
                    .toList());
            assertThat(taken).filteredOn(got -> got.status() == 200).hasSize(1);
            assertThat(taken).filteredOn(got -> got.status() == 404).hasSize(CALLERS - 1);

            Reader winner = browsers.stream()
                    .filter(browser -> browser.page().status() == 200)
                    .findFirst()
                    .orElseThrow();
            String url = winner.page().header("Refresh").substring("0;url=".length());
            String back = ConnectWorld.back(ConnectWorld.query(
                    URI.create(platform.agree(URI.create(url))).getRawQuery()));
            List<Got> returned = atOnce(IntStream.range(0, CALLERS)
                    .mapToObj(i -> (Callable<Got>) () -> like(winner, i).open(back))
                    .toList());
            assertThat(returned).filteredOn(got -> got.status() == 303).hasSize(1);
            assertThat(returned).filteredOn(got -> got.status() == 400).hasSize(CALLERS - 1);
            assertThat(platform.given()).isEqualTo(round + 1);

            String told = returned.stream()
                    .map(got -> got.header("Location"))
                    .filter(location -> !location.isEmpty())
                    .findFirst()
                    .orElseThrow();
            String code = ConnectWorld.query(URI.create(told).getRawQuery()).get("connect_code");
            List<Got> finished = atOnce(IntStream.range(0, CALLERS)
                    .mapToObj(i -> (Callable<Got>) () -> node(i).admin(
                                    first.bootstrapKey(),
                                    "POST",
                                    "/v1/connect-sessions/" + session.get("id").asString() + "/finish",
                                    "{\"code\":\"" + code + "\",\"began_by\":\"ann\"}"))
                    .toList());
            assertThat(finished).filteredOn(got -> got.status() == 200).hasSize(1);
            assertThat(finished).filteredOn(got -> got.status() == 409).hasSize(CALLERS - 1);
        }
        assertThat(first.admin("GET", "/v1/organizations/" + organization + "/connections", "")
                        .json()
                        .get("items"))
                .hasSize(3);
    }
}
