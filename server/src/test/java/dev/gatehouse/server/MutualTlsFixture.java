package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A node with a listener that asks callers for a certificate and takes any (`secure`), with two behind proxies
/// of which one is trusted (`behind`, `elsewhere`), and with an authority whose word about the names of clients
/// counts.
abstract class MutualTlsFixture {
    static final TestAuthority SERVERS = new TestAuthority("servers");
    static final TestAuthority CLIENTS = new TestAuthority("clients");
    static final TestAuthority STRANGERS = new TestAuthority("strangers");
    static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock(Instant.now());
    RunningServer server;
    String role = "";
    private int made;

    /// A client of OAuth at the Api `secure`.
    record Client(String application, String clientId, String credential) {}

    @BeforeEach
    void start() throws IOException {
        SERVERS.issue("localhost").write(folder, "node");
        Path trusted = Files.writeString(folder.resolve("clients.pem"), CLIENTS.pem());
        server = RunningServer.with(folder, clock, """
                  - {name: secure, address: 127.0.0.1, port: 0, serves: api,
                     tls: {certificates: %1$s/node.pem, keys: %1$s/node.key, client-certificates: want}}
                  - {name: behind, address: 127.0.0.1, port: 0, serves: api, trusted-proxies: [127.0.0.1],
                     certificate-header: Client-Cert}
                  - {name: elsewhere, address: 127.0.0.1, port: 0, serves: api, trusted-proxies: [10.0.0.0/24],
                     certificate-header: Client-Cert}
                  - {name: verify, address: 127.0.0.1, port: 0, serves: verify, proxy: caddy, trusted-proxies: [127.0.0.1],
                     certificate-header: Client-Cert}
                  - {name: partner, address: 127.0.0.1, port: 0, serves: api, trusted-proxies: [127.0.0.1],
                     certificate-header: X-Partner-Cert}
                  - {name: stranger, address: 127.0.0.1, port: 0, serves: api, trusted-proxies: [10.0.0.0/24],
                     certificate-header: X-Partner-Cert}
                client-authorities: %2$s
                """.formatted(folder, trusted));
        api("secure", "jwt");
        Setup.openIdApi(server, "orders", "sealed");
        role = Setup.role(server, "buyer", "secure", "orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void api(String name, String format) {
        Customer.created(server, "/v1/apis", """
                {"name": "%1$s", "issuer": "%2$s", "listener": "%1$s", "hosts": ["%1$s.example", "mtls.example"], "upstream": "%3$s",
                 "tokens": {"format": "%4$s"}, "mtls_base": "https://mtls.example",
                 "scopes": {"things:read": {"description": "See things"}, "things:write": {"description": "Change things"}},
                 "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]},
                            {"methods": ["*"], "path": "/open/**", "open": true}]}
                """.formatted(name, secure(), server.upstreamBase(), format));
    }

    final String secure() {
        return server.base("secure").replace("http://127.0.0.1", "https://localhost");
    }

    /// @param method how it authenticates
    /// @param more members of the application
    /// @param proof members of its credential
    final Client client(String method, String more, String proof) {
        JsonNode app = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"app " + ++made + "\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":\"" + method
                        + "\"" + more + "}");
        String application = app.get("id").asString();
        String credential = Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"public_key\",\"name\":\"c\",\"scopes\":\"role\"," + proof + "}")
                .get("id")
                .asString();
        return new Client(application, app.get("client_id").asString(), credential);
    }

    /// A client whose certificates its keys, which it registered, or those of an authority are behind.
    static HttpClient connection(Optional<Issued> shown, Version version) {
        return HttpClient.newBuilder()
                .sslContext(SERVERS.client(shown))
                .version(version)
                .build();
    }

    static HttpClient connection(Issued shown) {
        return connection(Optional.of(shown), Version.HTTP_2);
    }

    final Got post(HttpClient over, String path, String form) {
        return send(
                over,
                HttpRequest.newBuilder(URI.create(secure() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    final Got get(HttpClient over, String path, String authorization) {
        return send(over, HttpRequest.newBuilder(URI.create(secure() + path)).header("Authorization", authorization));
    }

    static Got send(HttpClient over, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = over.send(request.build(), BodyHandlers.ofString());
            return new Got(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    final Got ask(HttpClient over, Client client) {
        return post(over, "/oauth2/token", GRANT + "&client_id=" + client.clientId());
    }

    final String token(HttpClient over, Client client) {
        Got got = ask(over, client);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("Bearer");
        return got.json().get("access_token").asString();
    }

    /// One request to a listener behind a proxy, for the Api `name`.
    final Got through(String listener, String name, String line, String body, String... headers) {
        StringBuilder head = new StringBuilder(line)
                .append(" HTTP/1.1\r\nHost: ")
                .append(name)
                .append(".example\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        var answer = server.rawText(listener, head.append("\r\n").append(body).toString(), false);
        return new Got(answer.status(), java.util.Map.of(), answer.body());
    }

    /// As RFC 9440 has it.
    static String header(Issued shown) {
        return "Client-Cert: :" + Base64.getEncoder().encodeToString(TestAuthority.encoded(shown.certificate())) + ":";
    }

    static String thumbprint(Issued shown) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(TestAuthority.encoded(shown.certificate())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode payload(String jwt) {
        return RunningServer.JSON.readTree(
                new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }
}
