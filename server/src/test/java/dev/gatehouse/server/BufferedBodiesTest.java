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
    void bodiesThatAreHeldAreBoundedAtEachListener() throws IOException {
        try (RunningServer server =
                RunningServer.with(folder, new TestClock(), "limits: {buffered-bytes: " + BUDGET + "}\n")) {
            Setup.api(server, "orders", "sealed");
            Customer customer = Customer.create(server, "acme", Setup.role(server, "buyer", "orders"));
            Supplier<Got> token = () -> server.token("orders", customer, "grant_type=client_credentials");
            assertThat(token.get().status()).isEqualTo(200);
            List<RawClient> open = new ArrayList<>();
            try {
                Got refused = first(503, () -> {
                    open.add(unfinished(server, "orders", "POST /oauth2/token", ""));
                    return token.get();
                });
                assertThat(refused.header("Retry-After")).isEqualTo("1");
                assertThat(refused.json().get("error").asString()).isEqualTo("temporarily_unavailable");
                Supplier<Got> organization = () -> server.admin("POST", "/v1/organizations", "{\"name\":\"other\"}");
                assertThat(organization.get().status()).isEqualTo(201);
                String bearer = "Authorization: Bearer " + server.bootstrapKey().reveal() + "\r\n";
                Got admin = first(503, () -> {
                    open.add(unfinished(server, "admin", "POST /v1/organizations", bearer));
                    return organization.get();
                });
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
    private static RawClient unfinished(RunningServer server, String listener, String line, String headers) {
        try {
            return server.connect(listener)
                    .send(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers
                            + "Content-Type: application/json\r\nContent-Length: " + LARGEST_FORM + "\r\n\r\n"
                            + "x".repeat(LARGEST_FORM - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Callers that take all connections of the Apis leave the admin API its own.
    @Test
    void connectionsAreBoundedAtEachListener() throws IOException {
        int most = 16;
        List<RawClient> open = new ArrayList<>();
        try (RunningServer server =
                RunningServer.with(folder, new TestClock(), "limits: {connections: " + most + "}\n")) {
            for (int i = 0; i < most; i++) {
                RawClient client = server.connect("orders");
                open.add(client);
                assertThat(client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(421);
            }
            assertThat(server.admin("GET", "/v1/organizations", "").status()).isEqualTo(200);
        } finally {
            for (RawClient client : open) {
                client.close();
            }
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
