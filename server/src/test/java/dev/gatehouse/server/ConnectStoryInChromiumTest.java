package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole story of an organization and its connections, on two nodes of one database and in a real browser:
/// register, connect by each of the four kinds, call through, the token ends, many calls cause one refresh, the
/// platform takes the credential no more, connect again under the same id.
class ConnectStoryInChromiumTest {
    private static final int CALLERS = 50;

    /// A node turns away what is too much at once (503); its caller comes again.
    private static final int AGAIN = 10_000;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final FakePlatform platform = new FakePlatform();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path program = Path.of("");
    private String page = "";
    private RunningServer first;
    private RunningServer second;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        program = Chromium.installed().orElseGet(() -> {
            System.err.println(
                    "NOT RUN: ConnectStoryInChromiumTest, because no Chromium is installed. As root on Debian"
                            + " 12, .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] text = "<!doctype html><title>app</title><p>Connected".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        app.start();
        open.add(() -> app.stop(0));
        page = "http://127.0.0.1:" + app.getAddress().getPort() + "/connected";
        Postgres.Database database = Postgres.database();
        String block = platform.config(folder)
                + """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(folder.resolve("keys.json"), database.url(), database.user(), database.password());
        first = RunningServer.with(Files.createDirectory(folder.resolve("1")), clock, block);
        open.addFirst(first);
        connected = Connected.create(first);
        Customer.created(first, "/v1/apis", """
                {"name": "parcels", "issuer": "%s", "listener": "parcels", "return_to": ["%s"]}
                """.formatted(first.base("parcels"), page));
        // After them, so that it knows the Apis from its start.
        second = RunningServer.with(Files.createDirectory(folder.resolve("2")), clock, block);
        open.addFirst(second);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        platform.close();
    }

    @Test
    void registerConnectCallExpireRefreshOnceLoseAndConnectAgain() throws Exception {
        String byKey = connected.connected(first, "key", "key", "\"key\":\"" + FakePlatform.KEY + "\"");
        String byUser = connected.connected(
                first, "user", "user", "\"username\":\"anna\",\"password\":\"" + FakePlatform.PASSWORD + "\"");
        String internal = inTheBrowser("\"platform\":\"Fake\",\"name\":\"crm\"");
        String external = connected.connected(first, "oauth_external", "external", "\"access_token\":\"access-1\"");
        for (String id : List.of(byKey, byUser, internal, external)) {
            assertThat(called(first, id)).isEqualTo(200);
            assertThat(called(second, id)).isEqualTo(200);
        }

        platform.expire();
        int asked = platform.requests().size();
        assertThat(atOnce(internal)).containsOnly(200);
        assertThat(platform.requests()).as("one refresh").hasSize(asked + 1);
        assertThat(called(first, external)).as("its caller renews").isEqualTo(424);

        // A token that was renewed a moment ago is left alone, so somebody connects again first.
        String again = "\"connection\":\"" + internal + "\"";
        assertThat(inTheBrowser(again)).isEqualTo(internal);
        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        assertThat(atOnce(internal)).containsOnly(424);
        assertThat(platform.requests()).as("a code, and asked once").hasSize(asked + 3);
        assertThat(health(second, internal)).isEqualTo("needs_reauth");
        assertThat(called(first, byKey)).isEqualTo(200);

        platform.mood(Mood.GIVES);
        assertThat(inTheBrowser(again)).isEqualTo(internal);
        assertThat(health(second, internal)).isEqualTo("live");
        assertThat(called(first, internal)).isEqualTo(200);
        assertThat(called(second, internal)).isEqualTo(200);
    }

    /// Goes to the platform and back in a browser on the one node, and is finished on the other.
    private String inTheBrowser(String what) throws IOException, InterruptedException {
        Got session = first.admin(
                "POST",
                "/v1/organizations/" + connected.customer().organization() + "/connect-sessions",
                "{\"api\":\"parcels\",\"began_by\":\"ann\",\"return_to\":\"" + page + "\"," + what + "}");
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        try (Tab tab = Tab.open(
                program,
                folder,
                true,
                "--ignore-certificate-errors",
                "--host-resolver-rules=MAP fake.test 127.0.0.1")) {
            tab.go(session.json().get("url").asString());
            assertThat(tab.text()).contains("Connect Fake?");
            tab.press("#go");
            tab.arrive(page);
            Map<String, String> told = ConnectWorld.query(URI.create(tab.url()).getRawQuery());
            Got made = second.admin(
                    first.bootstrapKey(),
                    "POST",
                    "/v1/connect-sessions/" + told.get("connect_session") + "/finish",
                    "{\"code\":\"" + told.get("connect_code") + "\",\"began_by\":\"ann\"}");
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            return made.json().get("id").asString();
        }
    }

    private int called(RunningServer node, String id) {
        Got got = connected.get(node, id, "/contacts");
        for (int again = 0; again < AGAIN && got.status() == 503; again++) {
            got = connected.get(node, id, "/contacts");
        }
        return got.status();
    }

    private List<Integer> atOnce(String id) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                RunningServer node = i % 2 == 0 ? first : second;
                running.add(threads.submit(() -> {
                    start.await();
                    return called(node, id);
                }));
            }
            List<Integer> done = new ArrayList<>();
            for (Future<Integer> one : running) {
                done.add(one.get());
            }
            return done;
        }
    }

    private String health(RunningServer node, String id) {
        Got got = node.admin(first.bootstrapKey(), "GET", "/v1/connections/" + id, "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("health").asString();
    }
}
