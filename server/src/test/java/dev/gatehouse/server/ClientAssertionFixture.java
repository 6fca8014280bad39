package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server whose clients sign what proves them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientAssertionFixture {
    static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";

    @TempDir
    static Path folder;

    final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    RunningServer server;
    String role = "";
    private int number;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        role = Setup.role(server, "buyer", "orders", "parcels");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    SigningClient client() {
        return SigningClient.create(server, "customer" + number++, role);
    }

    String issuer() {
        return server.base("orders");
    }

    String assertion(SigningClient client) {
        return client.assertion(issuer(), clock.instant());
    }

    /// A token request that an assertion proves.
    Got ask(String assertion, String... more) {
        return server.token("orders", SigningClient.form(assertion, GRANT) + String.join("", more));
    }

    String mint(SigningClient client) {
        Got got = ask(assertion(client));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    Got signed(SigningClient client, Map<String, Object> claims) {
        return ask(client.sign(client.header(), claims));
    }

    /// RFC 6749 section 5.2: no scheme of HTTP was tried, so none is named.
    static void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
        assertThat(got.header("WWW-Authenticate")).isEmpty();
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    Got posted(String path, String body) {
        return server.admin("POST", path, body);
    }
}
