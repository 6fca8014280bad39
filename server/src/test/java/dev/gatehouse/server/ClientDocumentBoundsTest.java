package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the provider bound a client to whose name is the URL of its metadata: the document does not lift it.
class ClientDocumentBoundsTest {
    private static final String TYPES = "authorization_details_types";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final TestAuthority authority = new TestAuthority("clients");
    private HttpsServer host;
    private RunningServer server;
    private volatile String more = "";

    @BeforeEach
    void start() throws IOException {
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))));
        host.createContext("/", this::answer);
        host.start();
        Path trusted = Files.writeString(folder.resolve("clients.pem"), authority.pem());
        server = RunningServer.with(
                folder,
                clock,
                "egress:\n  allow-client-documents: [\"https://fake.test:%d %s\"]\n"
                        .formatted(host.getAddress().getPort(), trusted));
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        Payments.at(
                server,
                "orders",
                "{\"payment\":{\"description\":\"Pay\"},\"refund\":{\"description\":\"Pay back\"}}",
                "");
        new Registrations(server, "orders").letting("{\"role\":\"buyers\",\"metadata_documents\":true}");
    }

    @AfterEach
    void stop() {
        server.close();
        host.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = ("{\"client_id\":\"" + url() + "\",\"redirect_uris\":[\"" + CodeFlow.REDIRECT + "\"]" + more
                            + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String url() {
        return "https://fake.test:" + host.getAddress().getPort() + "/client.json";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Its document, which has these members now, is looked at again.
    private int looked(String members) {
        more = members;
        clock.advance(Duration.ofMinutes(11));
        return server.call(
                        "orders",
                        "GET",
                        "/oauth2/authorize?response_type=code&scope=openid&client_id=" + encoded(url())
                                + "&redirect_uri=" + encoded(CodeFlow.REDIRECT)
                                + "&code_challenge_method=S256&code_challenge=" + CodeFlow.CHALLENGE)
                .status();
    }

    /// The application after that.
    private JsonNode begun(String members) {
        assertThat(looked(members)).isEqualTo(200);
        return application();
    }

    private JsonNode application() {
        return server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/applications", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("client_id").asString().equals(url()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDocumentNarrowsAndNeverWidens() {
        JsonNode application = begun("");
        assertThat(application.has(TYPES)).isFalse();
        String path = "/v1/applications/" + application.get("id").asString();
        assertThat(server.admin("PATCH", path, "{\"" + TYPES + "\":[\"payment\"]}")
                        .status())
                .isEqualTo(200);
        for (String members : List.of(
                ",\"client_name\":\"Other\"",
                ",\"client_name\":\"Third\",\"" + TYPES + "\":[\"payment\",\"refund\"]")) {
            JsonNode now = begun(members);
            assertThat(now.get(TYPES).toString()).as(members).isEqualTo("[\"payment\"]");
            assertThat(members)
                    .as("the document was read")
                    .contains(now.get("name").asString().replace(" (fake.test)", ""));
        }
        assertThat(server.admin("PATCH", path, "{\"" + TYPES + "\":null}").status())
                .isEqualTo(200);
        assertThat(begun(",\"" + TYPES + "\":[\"refund\"]").get(TYPES).toString())
                .isEqualTo("[\"refund\"]");
    }

    /// It keeps no profile beside what does not go with that.
    @Test
    void aDocumentThatDoesNotGoWithItsProfileIsNone() {
        String method = "token_endpoint_auth_method";
        String keyed = ",\"" + method + "\":\"private_key_jwt\",\"dpop_bound_access_tokens\":true,\"jwks\":"
                + SigningClient.jwks("one", SigningClient.draw());
        JsonNode before = begun(keyed);
        String path = "/v1/applications/" + before.get("id").asString();
        assertThat(server.admin("PATCH", path, "{\"profile\":\"fapi2\"}").status())
                .isEqualTo(200);
        assertThat(looked("")).isBetween(400, 499);
        JsonNode after = application();
        assertThat(after.get(method).asString()).isEqualTo("private_key_jwt");
        assertThat(after.get("profile").asString()).isEqualTo("fapi2");
    }
}
