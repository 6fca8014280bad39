package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The form of what an Api says of itself (RFC 8414 section 3, OpenID Connect Discovery section 4, RFC 9728 section
/// 3.2).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicDocumentsTest {
    private static final List<String> DOCUMENTS = List.of(
            "/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration",
            "/.well-known/oauth-protected-resource");

    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Customer.created(
                server,
                "/v1/apis",
                "{\"name\":\"parcels\",\"issuer\":\"" + server.base("parcels") + "\",\"listener\":\"parcels\"}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theyAreJsonByGetAndNameTheIssuerThatWasAsked() {
        for (String path : DOCUMENTS) {
            Got got = server.call("orders", "GET", path);
            assertThat(got.status()).as(path).isEqualTo(200);
            assertThat(got.header("Content-Type")).startsWith("application/json");
            assertThat(server.call("orders", "POST", path).status()).isEqualTo(405);
            assertThat(server.call("orders", "GET", path + "/other").status()).isEqualTo(404);
        }
        for (String path : DOCUMENTS.subList(0, 2)) {
            assertThat(server.call("orders", "GET", path).json().get("issuer").asString())
                    .isEqualTo(server.base("orders"));
        }
        assertThat(server.call("orders", "GET", DOCUMENTS.get(2))
                        .json()
                        .get("resource")
                        .asString())
                .isEqualTo(server.base("orders"));
    }

    /// `response_types_supported` alone has to be there whatever is in it (RFC 8414 section 2).
    @Test
    void whatThereIsNoneOfIsLeftOut() {
        for (String path : List.of(DOCUMENTS.get(0), DOCUMENTS.get(2))) {
            JsonNode document = server.call("parcels", "GET", path).json();
            assertThat(document.has("scopes_supported")).isFalse();
            assertThat(document.properties())
                    .filteredOn(one -> !one.getKey().equals("response_types_supported"))
                    .noneMatch(one -> one.getValue().isArray() && one.getValue().isEmpty());
        }
    }

    /// RFC 8414 section 2, OpenID Connect Discovery section 3.
    @Test
    void nothingIsSignedByNone() {
        JsonNode document = server.call("orders", "GET", DOCUMENTS.get(0)).json();
        for (String endpoint : List.of("token", "revocation", "introspection")) {
            JsonNode algorithms = document.get(endpoint + "_endpoint_auth_signing_alg_values_supported");
            assertThat(algorithms.valueStream().map(JsonNode::asString))
                    .as(endpoint)
                    .contains("RS256", "ES256")
                    .doesNotContain("none");
        }
        assertThat(document.get("id_token_signing_alg_values_supported")
                        .valueStream()
                        .map(JsonNode::asString))
                .contains("RS256")
                .doesNotContain("none");
    }

    /// RFC 9700 section 2.6: nobody's script reads what a browser is shown where it is sent to.
    @Test
    void noPageReadsTheAuthorizationEndpoint() {
        Got got = server.call("orders", "GET", "/oauth2/authorize?client_id=x", "Origin", "https://app.example.net");
        assertThat(got.header("Access-Control-Allow-Origin")).isEmpty();
        Got asked = server.call(
                "orders",
                "OPTIONS",
                "/oauth2/authorize",
                "Origin",
                "https://app.example.net",
                "Access-Control-Request-Method",
                "GET");
        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
