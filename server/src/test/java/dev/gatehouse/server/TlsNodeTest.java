package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.Mistake;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.http.SampleUpstream;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole node whose listeners all speak TLS, used by a client that prefers HTTP/2.
class TlsNodeTest {
    private static final TestAuthority CA = new TestAuthority("ca");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder()
            .sslContext(CA.client(Optional.empty()))
            .version(HttpClient.Version.HTTP_2)
            .build();

    @BeforeEach
    void write() throws IOException {
        CA.issue("localhost").write(folder, "node");
    }

    @Test
    void administrationTokensAndForwardedCallsGoOverHttp2() throws Exception {
        try (Gatehouse node = start();
                SampleUpstream upstream = new SampleUpstream(0)) {
            String admin = "https://localhost:" + node.port("admin");
            String orders = "https://localhost:" + node.port("orders");
            String key = "Bearer " + node.bootstrapKey().orElseThrow().reveal();
            json(post(admin + "/v1/apis", key, "application/json", """
                    {"name": "orders", "issuer": "%s", "listener": "orders", "upstream": "http://127.0.0.1:%d",
                     "tokens": {"format": "jwt"}, "scopes": {"things:read": {"description": "See things"}},
                     "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]}]}
                    """.formatted(orders, upstream.start())));
            String root = json(get(admin + "/v1/whoami", key))
                    .get("organization")
                    .get("id")
                    .asString();
            String role = json(post(
                            admin + "/v1/organizations/" + root + "/roles",
                            key,
                            "application/json",
                            "{\"name\":\"reader\",\"rights\":{\"orders\":[\"things:read\"]}}"))
                    .get("id")
                    .asString();
            JsonNode application = json(post(
                    admin + "/v1/organizations/" + root + "/applications",
                    key,
                    "application/json",
                    "{\"name\":\"shop\",\"role\":\"" + role + "\"}"));
            JsonNode secret = json(post(
                    admin + "/v1/applications/" + application.get("id").asString() + "/credentials",
                    key,
                    "application/json",
                    "{\"kind\":\"secret\",\"name\":\"pair\",\"scopes\":\"role\"}"));
            String basic = RunningServer.basic(
                    application.get("client_id").asString(),
                    secret.get("secret").asString());
            String token = json(post(
                            orders + "/oauth2/token",
                            basic,
                            "application/x-www-form-urlencoded",
                            "grant_type=client_credentials"))
                    .get("access_token")
                    .asString();
            JsonNode seen = json(get(orders + "/things", "Bearer " + token));
            assertThat(seen.toString()).contains("[\"X-Forwarded-Proto\",\"https\"]", "X-Gatehouse-Scope");
            HttpResponse<String> refused = get(orders + "/things", "Bearer x");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void brokenFilesAreToldByMetricsAndReadiness() throws Exception {
        try (Gatehouse node = start()) {
            String admin = "https://localhost:" + node.port("admin");
            assertThat(get(admin + "/readyz", "x").body()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(get(admin + "/metrics", "x").body())
                    .contains("gatehouse_tls_certificate_not_after_seconds{file=\"" + folder.resolve("node.pem")
                            + "\",listener=\"orders\"}")
                    .contains("gatehouse_tls_files_broken{listener=\"orders\"} 0");
            Files.writeString(folder.resolve("node.pem"), "nonsense");
            Instant deadline = Instant.now().plusSeconds(60);
            String ready;
            do {
                ready = get(admin + "/readyz", "x").body();
            } while (!(ready.contains("listener 'orders'") && ready.contains("listener 'admin'"))
                    && Instant.now().isBefore(deadline));
            assertThat(ready).contains("The certificate files of listener 'orders' cannot be used");
            assertThat(get(admin + "/metrics", "x").body())
                    .contains("gatehouse_tls_files_broken{listener=\"orders\"} 1");
        }
    }

    @Test
    void filesThatCannotBeUsedStopTheStartBeforeAnythingIsMade() throws IOException {
        CA.issue("other").write(folder, "other");
        Files.copy(
                folder.resolve("other.pem"),
                folder.resolve("node.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("listener 'orders': " + folder.resolve("node.key")
                        + ": the key does not belong to the certificate");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private Gatehouse start() throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                data: %1$s/data
                listeners:
                  - {name: orders, address: 127.0.0.1, port: 0, serves: api,
                     tls: {certificates: %1$s/node.pem, keys: %1$s/node.key}}
                  - {name: admin, address: 127.0.0.1, port: 0, serves: admin,
                     tls: {certificates: [%1$s/node.pem], keys: [%1$s/node.key]}}
                """.formatted(folder));
        NodeConfig config =
                switch (NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()))) {
                    case Loaded.Good(NodeConfig good) -> good;
                    case Loaded.Wrong(List<Mistake> mistakes) -> throw new IllegalStateException(mistakes.toString());
                };
        return Gatehouse.start(
                config, new Environment(new TestClock(Instant.now()), System::nanoTime, new SecureRandom()));
    }

    private HttpResponse<String> get(String uri, String authorization) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Authorization", authorization)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String uri, String authorization, String type, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Authorization", authorization)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return RunningServer.JSON.readTree(answer.body());
    }
}
