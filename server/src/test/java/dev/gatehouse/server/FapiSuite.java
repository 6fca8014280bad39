package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestAuthority.Issued;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A relying party as the FAPI 2.0 plans of the OpenID Foundation's suite are one: an Api that is reached with
/// certificates at another address, its clients, and the person in their browser.
final class FapiSuite implements AutoCloseable {
    private static final List<String> SCOPES =
            List.of("openid", "profile", "email", "address", "phone", "offline_access", "things:read");
    private static final String PROFILE = """
            {"name": "Alice Example", "given_name": "Alice", "email": "alice@example.com", "email_verified": true}""";

    final TestClock clock = new TestClock(Instant.now());
    final RunningServer server;
    final Person alice;
    private final String role;
    private final Map<String, HttpClient> connections = new HashMap<>();
    private int made;

    FapiSuite(Path folder) throws IOException {
        this(folder, "");
    }

    /// @param more members of the Api
    FapiSuite(Path folder, String more) throws IOException {
        MutualTlsFixture.SERVERS.issue("localhost").write(folder, "node");
        Path trusted = Files.writeString(folder.resolve("clients.pem"), MutualTlsFixture.CLIENTS.pem());
        server = RunningServer.with(folder, clock, """
                  - {name: secure, address: 127.0.0.1, port: 0, serves: api,
                     tls: {certificates: %1$s/node.pem, keys: %1$s/node.key, client-certificates: want}}
                client-authorities: %2$s
                """.formatted(folder, trusted));
        Setup.openIdApi(server, "orders", "jwt");
        api(more);
        role = Setup.role(server, "suite", SCOPES, "orders");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "people", "orders")));
        assertThat(server.admin("PATCH", "/v1/users/" + alice.id(), PROFILE).status())
                .isEqualTo(200);
    }

    private void api(String more) {
        var api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name"));
        api.set("hosts", RunningServer.JSON.readTree("[\"" + secure().substring("https://".length()) + "\"]"));
        api.put("mtls_base", secure());
        var scopes = (ObjectNode) api.get("scopes");
        for (String scope : List.of("email", "address", "phone")) {
            scopes.set(scope, RunningServer.JSON.readTree("{\"description\":\"See your " + scope + "\"}"));
        }
        RunningServer.JSON
                .readTree("{" + more + "}")
                .properties()
                .forEach(one -> api.set(one.getKey(), one.getValue()));
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    String issuer() {
        return server.base("orders");
    }

    /// Where certificates are asked for.
    String secure() {
        return server.base("secure").replace("http://127.0.0.1", "https://localhost");
    }

    FapiClient client(FapiClient.Variant variant, boolean signs) {
        return client(variant, signs, FapiClient.REDIRECT);
    }

    /// The second client, whose redirect URI has a query.
    FapiClient second(FapiClient.Variant variant, boolean signs) {
        return client(variant, signs, FapiClient.REDIRECT + "?dummy1=lorem&dummy2=ipsum");
    }

    private FapiClient client(FapiClient.Variant variant, boolean signs, String redirect) {
        String name = "suite" + ++made + ".example";
        JsonNode app = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":\""
                        + (variant.certified() ? "tls_client_auth" : "private_key_jwt") + "\",\"profile\":\""
                        + (signs ? "fapi2-message-signing" : "fapi2") + "\",\""
                        + (variant.bound() ? "tls_client_certificate_bound_access_tokens" : "dpop_bound_access_tokens")
                        + "\":true,\"grant_types\":[\"authorization_code\",\"refresh_token\",\"client_credentials\"],"
                        + "\"redirect_uris\":[\"" + redirect + "\"]}");
        FapiClient client = new FapiClient(
                this,
                app.get("client_id").asString(),
                redirect,
                SigningClient.draw(),
                MutualTlsFixture.CLIENTS.issue(name),
                ProofKey.draw(),
                variant,
                signs);
        String path = "/v1/applications/" + app.get("id").asString() + "/credentials";
        Customer.created(server, path, SigningClient.body("keys", SigningClient.jwks("one", client.keys())));
        Customer.created(server, path, SigningClient.body("rsa", RsaSigner.ONE.jwks("rsa")));
        if (variant.certified()) {
            Customer.created(
                    server,
                    path,
                    "{\"kind\":\"public_key\",\"name\":\"name\",\"scopes\":\"role\",\"tls_client_auth_san_dns\":\""
                            + name + "\"}");
        }
        return client;
    }

    /// One request, over a connection with this certificate or without any.
    Got send(String method, String address, String body, Optional<Issued> shown, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpClient over = connections.computeIfAbsent(
                shown.map(MutualTlsFixture::thumbprint).orElse(""),
                _ -> MutualTlsFixture.connection(shown, Version.HTTP_1_1));
        return MutualTlsFixture.send(over, request);
    }

    Reader browser() {
        return new Reader(server, "orders");
    }

    /// The rest of the way from the page that is open: the parameters that come back, or `page` when a page stays.
    Map<String, String> through(Reader browser, String decision) {
        for (int steps = 0; steps < 10; steps++) {
            Got page = browser.page();
            String refresh = page.header("Refresh");
            String onwards =
                    refresh.startsWith("0;url=") ? refresh.substring("0;url=".length()) : page.header("Location");
            if (onwards.startsWith("https://suite.example.com/")) {
                return ConformanceSuite.answer(onwards);
            } else if (!onwards.isEmpty()) {
                browser.open(onwards);
            } else if (page.text().contains("id=\"sign-in\"")) {
                browser.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
            } else if (page.text().contains("id=\"" + decision + "\"")) {
                browser.send("/oauth2/consent", "decision", decision);
            } else {
                return Map.of("page", page.text(), "status", Integer.toString(page.status()));
            }
        }
        throw new AssertionError("no end: " + browser.page().text());
    }

    JsonNode metadata(String path) {
        return server.call("orders", "GET", path).json();
    }

    @Override
    public void close() {
        connections.values().forEach(HttpClient::close);
        server.close();
    }
}
