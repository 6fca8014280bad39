package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET M04 on a whole node: who finds no room for its body is told so in the words of what it asked for, and
/// calls without one go on.
class BufferedBodiesTest {
    private static final int BUDGET = 65_536;
    private static final int LARGEST_FORM = 16_384;

    @TempDir
    Path folder;

    @Test
    void bodiesThatAreHeldAreBoundedOverAllListeners() throws IOException {
        try (RunningServer server =
                RunningServer.with(folder, new TestClock(), "limits: {buffered-bytes: " + BUDGET + "}\n")) {
            Setup.api(server, "orders", "sealed");
            Customer customer = Customer.create(server, "acme", Setup.role(server, "buyer", "orders"));
            Supplier<Got> token = () -> server.token("orders", customer, "grant_type=client_credentials");
            assertThat(token.get().status()).isEqualTo(200);
            List<RawClient> open = new ArrayList<>();
            try {
                Got refused = first(503, () -> {
                    open.add(unfinished(server));
                    return token.get();
                });
                assertThat(refused.header("Retry-After")).isEqualTo("1");
                assertThat(refused.json().get("error").asString()).isEqualTo("temporarily_unavailable");
                Got admin = server.admin("POST", "/v1/organizations", "{\"name\":\"other\"}");
                assertThat(admin.status()).isEqualTo(503);
                assertThat(admin.header("Content-Type")).startsWith("application/problem+json");
                assertThat(admin.header("Retry-After")).isEqualTo("1");
                assertThat(server.call("orders", "GET", "/things", "X-Api-Key", customer.apiKey())
                                .status())
                        .isEqualTo(200);
            } finally {
                for (RawClient client : open) {
                    client.close();
                }
            }
            assertThat(first(200, token).status()).isEqualTo(200);
        }
    }

    /// All of the largest form but its last byte.
    private static RawClient unfinished(RunningServer server) {
        try {
            return server.connect("orders")
                    .send("POST /oauth2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + LARGEST_FORM
                            + "\r\n\r\n" + "x".repeat(LARGEST_FORM - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Got first(int status, Supplier<Got> asked) {
        return Stream.generate(asked)
                .limit(10_000)
                .filter(got -> got.status() == status)
                .findFirst()
                .orElseThrow();
    }
}
