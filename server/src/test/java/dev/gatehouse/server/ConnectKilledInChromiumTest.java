package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A person connects in a real browser while the server is killed and started again: whoever is at the platform
/// goes on, and whoever came back to a server that died is told in plain words to begin again, for the same
/// connection.
class ConnectKilledInChromiumTest {
    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();
    private final AtomicReference<ServerProcess> running = new AtomicReference<>();
    private Path program = Path.of("");
    private HttpServer app;
    private String page = "";
    private String base = "";
    private String block = "";
    private Secret key = Secret.of("none");
    private String organization = "";

    @BeforeEach
    void start() throws IOException {
        program = Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: ConnectKilledInChromiumTest, because no Chromium is installed. As root on"
                    + " Debian 12, .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] text = "<!doctype html><title>app</title><p>Connected".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        app.start();
        page = "http://127.0.0.1:" + app.getAddress().getPort() + "/connected";
        int port = free();
        base = "http://127.0.0.1:" + port;
        // One more listener, so that the address of the Api is the same after each start.
        block = "  - {name: people, address: 127.0.0.1, port: " + port + ", serves: api}\n" + platform.config(folder);
        begin();
        RunningServer server = server();
        key = server.bootstrapKey();
        Customer.created(
                server,
                "/v1/apis",
                "{\"name\":\"people\",\"issuer\":\"%s\",\"listener\":\"people\",\"return_to\":[\"%s\"]}"
                        .formatted(base, page));
        organization = Customer.created(server, "/v1/organizations", "{\"name\":\"Acme\"}")
                .get("id")
                .asString();
    }

    @AfterEach
    void stop() {
        ServerProcess last = running.get();
        if (last != null) {
            last.close();
        }
        if (app != null) {
            app.stop(0);
        }
        platform.close();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private RunningServer server() {
        return running.get().server();
    }

    private void begin() {
        try {
            running.set(ServerProcess.start(folder, List.of(), block));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAndBegin() {
        running.get().close();
        begin();
    }

    /// The server ends before its next commit.
    private void dieBeforeTheNextCommit() {
        try {
            Files.createFile(folder.resolve("kill"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Got admin(String method, String path, String body) {
        return server().admin(key, method, path, body);
    }

    private String link(String what) {
        Got session = admin(
                "POST",
                "/v1/organizations/" + organization + "/connect-sessions",
                "{\"api\":\"people\",\"began_by\":\"ann\",\"return_to\":\"" + page + "\"," + what + "}");
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        return session.json().get("url").asString();
    }

    private Tab tab() throws IOException, InterruptedException {
        return Tab.open(
                program, folder, true, "--ignore-certificate-errors", "--host-resolver-rules=MAP fake.test 127.0.0.1");
    }

    /// What the organization's server makes of the page that the browser has come to.
    private String finished(Tab tab) {
        tab.arrive(page);
        Map<String, String> told = ConnectWorld.query(URI.create(tab.url()).getRawQuery());
        Got made = admin(
                "POST",
                "/v1/connect-sessions/" + told.get("connect_session") + "/finish",
                "{\"code\":\"" + told.get("connect_code") + "\",\"began_by\":\"ann\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.json().get("id").asString();
    }

    private JsonNode only() {
        JsonNode items = admin("GET", "/v1/organizations/" + organization + "/connections", "")
                .json()
                .get("items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    @Test
    void aServerDiesOnTheWayAndThePersonGoesOnOrIsToldToBeginAgain() throws Exception {
        String id;
        try (Tab tab = tab()) {
            platform.asked(_ -> killAndBegin());
            tab.go(link("\"platform\":\"Fake\",\"name\":\"crm\""));
            assertThat(tab.text()).contains("Connect Fake?");
            tab.press("#go");
            id = finished(tab);
        }
        assertThat(only().get("id").asString()).isEqualTo(id);
        assertThat(platform.given()).isEqualTo(1);

        String again = "\"connection\":\"" + id + "\"";
        try (Tab tab = tab()) {
            AtomicReference<String> back = new AtomicReference<>("");
            platform.asked(back::set);
            platform.after(this::dieBeforeTheNextCommit);
            tab.go(link(again));
            tab.press("#go");
            running.get().process().onExit().join();
            assertThat(running.get().process().exitValue()).isEqualTo(137);
            assertThat(platform.given()).as("the platform gave a token").isEqualTo(2);
            platform.after(() -> {});
            Files.delete(folder.resolve("kill"));
            killAndBegin();
            assertThat(back.get()).startsWith(base + "/oauth2/connect/Fake/callback?");
            tab.go(back.get());
            assertThat(tab.text()).contains("Nothing was connected. Begin again where you came from.");
            assertThat(only().get("health").asString()).isEqualTo("live");

            tab.go(link(again));
            assertThat(tab.text()).contains("Connect Fake?");
            tab.press("#go");
            assertThat(finished(tab)).isEqualTo(id);
        }
        assertThat(only().get("id").asString()).isEqualTo(id);
        assertThat(platform.given()).isEqualTo(3);
    }
}
