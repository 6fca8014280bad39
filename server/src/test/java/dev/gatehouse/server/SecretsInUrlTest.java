package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET C02: a secret in the URL is refused and leaves no trace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsInUrlTest {
    private static final String CANARY = "cAnArY7f3b19e05d";

    @TempDir
    static Path folder;

    private final LogTap log = new LogTap();
    private RunningServer server;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
    }

    @AfterAll
    void stop() {
        server.close();
        log.close();
    }

    private static Stream<String> lines() {
        Stream<String> gateway = Stream.of(
                        "access_token",
                        "ACCESS_TOKEN",
                        "access%5Ftoken",
                        "%61ccess_token",
                        "api_key",
                        "Api-Key",
                        "apikey",
                        "X-Api-Key",
                        "client_secret")
                .flatMap(name -> Stream.of("/things", "/open/page", "/me")
                        .flatMap(path -> Stream.of(
                                "GET " + path + "?" + name + "=" + CANARY,
                                "GET " + path + "?a=b&" + name + "=" + CANARY + "&c=d")));
        Stream<String> token = Stream.of("client_secret", "access_token", "scope", "client_id")
                .map(name -> "POST /oauth2/token?" + name + "=" + CANARY);
        return Stream.concat(gateway, token);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isRefusedAndLeavesNoTrace(String line) {
        var answer = server.raw("orders", line, "Content-Type: application/x-www-form-urlencoded", "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request").doesNotContain(CANARY);
        assertThat(answer.headers()).noneMatch(header -> header.contains(CANARY));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(log.text()).doesNotContain(CANARY);
        assertThat(server.ops("/metrics").text()).doesNotContain(CANARY);
    }
}
