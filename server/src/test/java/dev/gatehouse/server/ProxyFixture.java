package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.server.ProxyProcess.Kind;
import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The recipes of docs/guides/forward-auth in real proxies. A proxy that is not installed is told loudly and its
/// tests are not run; `.ci/proxies` installs all of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyFixture {
    @TempDir
    static Path folder;

    final Map<Kind, ProxyProcess> proxies = new EnumMap<>(Kind.class);
    RunningServer server;
    Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                new TestClock(),
                Stream.of(Kind.values())
                        .map(kind -> "name: " + kind.program() + ", serves: verify, proxy: " + kind.program()
                                + ", trusted-proxies: 127.0.0.1")
                        .toArray(String[]::new));
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
        for (Kind kind : Kind.values()) {
            if (kind.installed().isPresent()) {
                proxies.put(kind, proxy(kind, server.base(kind.program())));
            } else {
                System.err.println("NOT RUN: the recipe for " + kind.program() + ", because it is not installed."
                        + " As root on Debian 12, .ci/proxies installs it.");
            }
        }
    }

    /// A proxy in front of the sample upstream that asks at this address.
    ProxyProcess proxy(Kind kind, String verify) throws IOException {
        return ProxyProcess.start(
                kind,
                Files.createTempDirectory(folder, kind.program()),
                Map.of(
                        "127.0.0.1:9000", server.upstreamBase().substring("http://".length()),
                        "127.0.0.1:8080", server.base("orders").substring("http://".length()),
                        "127.0.0.1:8082", verify.substring("http://".length())));
    }

    @AfterAll
    void stop() {
        proxies.values().forEach(ProxyProcess::close);
        server.close();
    }

    int port(Kind kind) {
        return Optional.ofNullable(proxies.get(kind))
                .map(ProxyProcess::port)
                .orElseGet(() -> abort(kind.program() + " is not installed: .ci/proxies"));
    }

    Answer call(Kind kind, String line, String... headers) {
        return call(port(kind), line, headers);
    }

    static Answer call(int port, String line, String... headers) {
        List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: orders.example"));
        lines.addAll(List.of(headers));
        return send(port, String.join("\r\n", lines) + "\r\n\r\n");
    }

    static Answer send(int port, String text) {
        try (RawClient client = new RawClient(port)) {
            return client.send(text).answer(text.startsWith("HEAD "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String key() {
        return "Authorization: Bearer " + customer.apiKey();
    }

    static JsonNode passed(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return RunningServer.JSON.readTree(answer.body());
    }

    static void stopped(Answer answer, int... statuses) {
        assertThat(answer.status())
                .as(answer.body())
                .isIn(Arrays.stream(statuses).boxed().toList());
        assertThat(answer.body()).doesNotContain("bodyBytes");
    }

    static List<String> values(JsonNode seen, String folded) {
        List<String> values = new ArrayList<>();
        for (JsonNode header : seen.get("headers")) {
            if (Header.fold(header.get(0).asString()).equals(folded)) {
                values.add(header.get(1).asString());
            }
        }
        return values;
    }
}
