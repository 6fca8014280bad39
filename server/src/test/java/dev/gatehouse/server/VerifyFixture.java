package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server that proxies of several kinds ask about calls, on raw sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VerifyFixture {
    static final List<String> IDENTITY = List.of(
            "X-Gatehouse-Organization",
            "X-Gatehouse-Application",
            "X-Gatehouse-Credential",
            "X-Gatehouse-Client-Id",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Scope",
            "X-Gatehouse-Assertion");

    @TempDir
    static Path folder;

    final LogTap log = new LogTap();
    RunningServer server;
    Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                new TestClock(),
                "name: nginx, serves: verify, proxy: nginx, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: caddy, serves: verify, proxy: caddy, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: envoy, serves: verify, proxy: envoy, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: nobody-nginx, serves: verify, proxy: nginx",
                "name: nobody-caddy, serves: verify, proxy: caddy, trusted-proxies: [10.0.0.1, '::1']",
                "name: nobody-envoy, serves: verify, proxy: envoy, trusted-proxies: []");
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterAll
    void stop() {
        server.close();
        log.close();
    }

    /// How a proxy asks about a call.
    enum Dialect {
        NGINX,
        CADDY,
        ENVOY;

        String listener() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// The names of the headers that tell method and target.
        List<String> names() {
            return switch (this) {
                case NGINX -> List.of("X-Original-Method", "X-Original-URI");
                case CADDY -> List.of("X-Forwarded-Method", "X-Forwarded-Uri");
                case ENVOY -> List.of();
            };
        }

        String text(String method, String target, String host, String from, List<String> more) {
            List<String> lines = new ArrayList<>();
            switch (this) {
                case NGINX, CADDY ->
                    lines.addAll(List.of(
                            "GET /verify HTTP/1.1",
                            "Host: gatehouse",
                            names().getFirst() + ": " + method,
                            names().getLast() + ": " + target,
                            "X-Forwarded-Host: " + host));
                case ENVOY -> lines.addAll(List.of(method + " /verify" + target + " HTTP/1.1", "Host: " + host));
            }
            lines.add("X-Forwarded-Proto: https");
            if (!from.isEmpty()) {
                lines.add("X-Forwarded-For: " + from);
            }
            lines.addAll(more);
            return String.join("\r\n", lines) + "\r\n\r\n";
        }
    }

    Answer ask(Dialect dialect, String method, String target, String... more) {
        return ask(dialect, dialect.text(method, target, "orders.example", "203.0.113.9", List.of(more)));
    }

    Answer ask(Dialect dialect, String text) {
        return server.rawText(dialect.listener(), text, text.startsWith("HEAD "));
    }

    String key() {
        return "Authorization: Bearer " + customer.apiKey();
    }

    static void denied(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"status\":" + status);
        assertThat(answer.headers()).noneMatch(header -> header.startsWith("X-Gatehouse"));
        whole(answer);
    }

    static void whole(Answer answer) {
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Vary")).isEqualTo("*");
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}");
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(answer.status() != 503);
    }

    double allowed() {
        return server.ops("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gatehouse_decisions_total{api=\"orders\",outcome=\"allowed\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
