package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A person connects a platform in a real browser, which runs scripts or does not. Where none is installed this
/// is told loudly and not run; `.ci/browser` installs one.
class ConnectInChromiumTest extends ConnectWorld {
    private Path program = Path.of("");
    private HttpServer app;

    @BeforeEach
    void start() throws IOException {
        program = Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: ConnectInChromiumTest, because no Chromium is installed. As root on Debian 12,"
                    + " .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>app</title><p>Connected".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        app.start();
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.stop(0);
        }
    }

    private Tab tab(boolean scripts) throws IOException, InterruptedException {
        return Tab.open(
                program,
                folder,
                scripts,
                "--ignore-certificate-errors",
                "--host-resolver-rules=MAP fake.test 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonGoesToThePlatformAndComesBack(boolean scripts) throws IOException, InterruptedException {
        String returnTo = "http://127.0.0.1:" + app.getAddress().getPort() + "/connected";
        api("parcels", "\"" + returnTo + "\"");
        Got session = asked(members("crm", "ann").replace("orders", "parcels").replace(RETURN, returnTo));
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        String link = session.json().get("url").asString();
        try (Tab tab = tab(scripts)) {
            tab.go(link);
            assertThat(tab.text()).contains("Connect Fake?", "Acme & Söhne asks for access", "ann began this");
            tab.press("#go");
            tab.arrive(returnTo);
            assertThat(tab.text()).contains("Connected");
            Map<String, String> told = query(URI.create(tab.url()).getRawQuery());
            Got made = finished(told, "ann");
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            tab.go(link);
            assertThat(tab.text()).contains("This link works no more");
            assertThat(tab.complaints())
                    .as("what the browser finds wrong, besides the status of the last page")
                    .filteredOn(text -> !text.contains("404"))
                    .isEmpty();
        }
    }
}
