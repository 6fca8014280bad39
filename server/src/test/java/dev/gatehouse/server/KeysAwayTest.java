package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that keep their keys themselves (`jwks_uri`), at a host that the operator opened and at others.
class KeysAwayTest {
    private static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final TestAuthority authority = new TestAuthority("keys");
    private HttpsServer host;
    private RunningServer server;
    private volatile int status = 200;
    private volatile String there = "";
    private String role = "";

    @BeforeEach
    void start() throws IOException {
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))));
        host.createContext("/", this::answer);
        host.start();
        Path trusted = Files.writeString(folder.resolve("keys.pem"), authority.pem());
        server = RunningServer.with(
                folder,
                clock,
                "egress:\n  allow: [\"https://fake.test:%d %s\"]\n"
                        .formatted(host.getAddress().getPort(), trusted));
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        role = Setup.role(server, "buyer", "orders", "parcels");
    }

    @AfterEach
    void stop() {
        server.close();
        host.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = there.getBytes(StandardCharsets.UTF_8);
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "https://evil.test/");
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String url() {
        return "https://fake.test:" + host.getAddress().getPort() + "/jwks";
    }

    /// A client whose keys are elsewhere, in place of those that it was made with.
    private SigningClient away(String name, String url) {
        SigningClient client = SigningClient.create(server, name, role);
        Got rotated = server.admin(
                "POST", "/v1/credentials/" + client.credential() + "/rotate", "{\"jwks_uri\":\"" + url + "\"}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        assertThat(rotated.json().get("jwks_uri").asString()).isEqualTo(url);
        assertThat(rotated.json().has("jwks")).isFalse();
        return client.with(rotated.json().get("id").asString(), client.pair(), "one");
    }

    private Got ask(SigningClient client) {
        String assertion = client.assertion(server.base("orders"), clock.instant());
        return server.token("orders", SigningClient.form(assertion, GRANT));
    }

    @Test
    void keysThatAClientKeepsItselfProveIt() {
        SigningClient client = away("acme", url());
        there = SigningClient.jwks("one", client.pair());
        assertThat(ask(client).status()).isEqualTo(200);
        KeyPair next = SigningClient.draw();
        there = SigningClient.jwks("two", next);
        SigningClient renewed = client.with(client.credential(), next, "two");
        clock.advance(Duration.ofSeconds(30));
        assertThat(ask(renewed).status()).isEqualTo(200);
        assertThat(ask(client).status()).as("the key before").isEqualTo(401);
    }

    /// RFC 7523 section 2.1: so are those of an issuer that a client trusts.
    @Test
    void keysThatAnIssuerKeepsItselfProveWhatItSays() {
        SigningClient client = SigningClient.create(server, "believer", role);
        String bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
        server.admin("PATCH", "/v1/applications/" + client.application(), "{\"grant_types\":[\"" + bearer + "\"]}");
        Customer.created(
                server,
                "/v1/applications/" + client.application() + "/credentials",
                "{\"kind\":\"public_key\",\"name\":\"ci\",\"scopes\":\"role\",\"assertion_issuer\":\"ci\","
                        + "\"assertion_subject\":\"job\",\"jwks_uri\":\"" + url() + "\"}");
        there = SigningClient.jwks("one", client.pair());
        var claims = client.claims(server.base("orders"), clock.instant());
        claims.put("iss", "ci");
        claims.put("sub", "job");
        Got got = server.token(
                "orders",
                "grant_type=" + bearer.replace(":", "%3A") + "&client_id=" + client.clientId() + "&assertion="
                        + client.sign(client.header(), claims));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// Its keys are a credential like others: what stops that stops it, wherever they are.
    @Test
    void theCredentialCanBeHeld() {
        SigningClient client = away("acme", url());
        there = SigningClient.jwks("one", client.pair());
        assertThat(ask(client).status()).isEqualTo(200);
        server.admin("POST", "/v1/credentials/" + client.credential() + "/suspend", "");
        assertThat(ask(client).status()).isEqualTo(401);
    }

    /// Keys that cannot be had keep nobody out who proves itself by others, and are no outage once they would not
    /// count anyhow.
    @Test
    void whoProvesItselfWithoutThemIsLetIn() {
        status = 500;
        SigningClient near = SigningClient.create(server, "both", role);
        Got rotated = server.admin(
                "POST",
                "/v1/credentials/" + near.credential() + "/rotate",
                "{\"overlap_seconds\":3600,\"jwks_uri\":\"" + url() + "\"}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        String far = "/v1/credentials/" + rotated.json().get("id").asString();
        assertThat(ask(near).status()).as("both count").isEqualTo(200);
        server.admin("POST", far + "/suspend", "");
        assertThat(ask(near).status()).as("the far one is held").isEqualTo(200);
        server.admin("POST", "/v1/credentials/" + near.credential() + "/suspend", "");
        assertThat(ask(near).status()).as("both are").isEqualTo(401);
        server.admin("POST", far + "/resume", "");
        unavailable(ask(near));
    }

    /// GAUNTLET J06, J07: an outage of this client and of nobody else; nothing is followed, nobody learns what is
    /// there.
    @Test
    void whatCannotBeHadIsAnOutageOfThatClientAlone() {
        SigningClient other = SigningClient.create(server, "other", role);
        for (int answer : List.of(302, 404, 500)) {
            status = answer;
            SigningClient client = away("status" + answer, url() + "/" + answer);
            there = SigningClient.jwks("one", client.pair());
            unavailable(ask(client));
            assertThat(ask(other).status()).isEqualTo(200);
        }
        for (String closed : List.of(
                "https://127.0.0.1:" + host.getAddress().getPort() + "/jwks",
                "https://fake.test/jwks",
                "https://localhost/jwks",
                "https://169.254.169.254/latest")) {
            unavailable(ask(away("closed" + closed.hashCode(), closed)));
        }
        assertThat(ask(other).status()).isEqualTo(200);
    }

    private static void unavailable(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.header("Retry-After")).isNotEmpty();
        assertThat(got.text()).doesNotContain("fake.test", "127.0.0.1", "302", "404");
    }

    @Test
    void aUrlThatIsNoneIsRefused() {
        SigningClient client = SigningClient.create(server, "acme", role);
        String path = "/v1/credentials/" + client.credential() + "/rotate";
        for (String wrong : List.of(
                "http://keys.test/jwks",
                "https://keys.test/jwks#x",
                "https://user@keys.test/",
                "file:///etc/passwd",
                "https://keys.test/../x",
                "https://")) {
            Got refused = server.admin("POST", path, "{\"jwks_uri\":\"" + wrong + "\"}");
            assertThat(refused.status()).as(wrong).isEqualTo(400);
        }
        String both = "{\"jwks_uri\":\"https://keys.test/\",\"jwks\":" + SigningClient.jwks("two", SigningClient.draw())
                + "}";
        assertThat(server.admin("POST", path, both).status()).isEqualTo(400);
        assertThat(server.admin("POST", path, "{}").status()).isEqualTo(400);
    }
}
