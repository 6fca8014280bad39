package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// RFC 9728: an Api says who issues its tokens, and where it says so.
class ProtectedResourceTest {
    private static final String PATH = "/.well-known/oauth-protected-resource";

    @TempDir
    Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Customer.created(server, "/v1/apis", """
                {"name": "parcels", "issuer": "%1$s", "listener": "parcels", "hosts": ["mcp.example.com"], "audience": "https://mcp.example.com/tools/mcp",
                 "dpop_bound_access_tokens": true, "scopes": {"things:read": {"description": "See things"}},
                 "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]}]}
                """.formatted(server.base("parcels")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode document(String api, String path) {
        Got got = server.call(api, "GET", path);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Content-Type")).startsWith("application/json");
        assertThat(got.header("Access-Control-Allow-Origin")).isEqualTo("*");
        return got.json();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /// Sections 2, 3.1, 3.2; GAUNTLET L05: nothing of it is the request's.
    @Test
    void anApiSaysWhoIssuesItsTokens() {
        JsonNode document = document("orders", PATH);
        assertThat(document.get("resource").asString()).isEqualTo(server.base("orders"));
        assertThat(texts(document.get("authorization_servers"))).containsExactly(server.base("orders"));
        assertThat(document.get("resource_name").asString()).isEqualTo("orders");
        assertThat(texts(document.get("scopes_supported"))).contains("things:read", "openid");
        assertThat(texts(document.get("bearer_methods_supported"))).containsExactly("header");
        assertThat(texts(document.get("dpop_signing_alg_values_supported"))).contains("ES256");
        assertThat(document.get("dpop_bound_access_tokens_required").asBoolean())
                .isFalse();
        assertThat(document.has("tls_client_certificate_bound_access_tokens")).isFalse();
        assertThat(server.call("orders", "GET", PATH + "/things").status())
                .as("no other resource is here")
                .isEqualTo(404);
        assertThat(server.call("orders", "POST", PATH).status()).isEqualTo(405);
    }

    /// Section 3.1: the path of the resource comes behind the well-known one.
    @Test
    void aResourceWithAPathHasItsDocumentBelow() {
        JsonNode document = document("parcels", PATH + "/tools/mcp");
        assertThat(document.get("resource").asString()).isEqualTo("https://mcp.example.com/tools/mcp");
        assertThat(texts(document.get("authorization_servers"))).containsExactly(server.base("parcels"));
        assertThat(document.get("dpop_bound_access_tokens_required").asBoolean())
                .isTrue();
        assertThat(document("parcels", PATH)).isEqualTo(document);
        assertThat(server.call("parcels", "GET", PATH + "/tools").status()).isEqualTo(404);
    }

    /// Sections 1.2 and 3.3: a client looks for the document where the resource is, which is no place of others.
    @Test
    void anAudienceElsewhereIsOnlyAName() {
        for (String audience : List.of("https://old.example.com/api", "http://mcp.example.com/tools/mcp", "tools")) {
            ObjectNode whole =
                    (ObjectNode) server.admin("GET", "/v1/apis/parcels", "").json();
            whole.remove("id");
            whole.remove("name");
            whole.put("audience", audience);
            Got got = server.admin("PUT", "/v1/apis/parcels", whole.toString());
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(server.call("parcels", "GET", "/things").header("WWW-Authenticate"))
                    .isEqualTo("Bearer resource_metadata=\"" + server.base("parcels") + PATH + "\"");
            assertThat(document("parcels", PATH).get("resource").asString()).isEqualTo(server.base("parcels"));
        }
    }

    /// Section 5.1, and RFC 6750 section 3.1: no error where nothing was shown.
    @Test
    void aCallWithoutACredentialThatCountsIsToldWhereItIs() {
        String where = "resource_metadata=\"" + server.base("orders") + PATH + "\"";
        assertThat(server.call("orders", "GET", "/things").header("WWW-Authenticate"))
                .isEqualTo("Bearer " + where);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer x")
                        .header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", " + where);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "DPoP x")
                        .header("WWW-Authenticate"))
                .startsWith("DPoP ")
                .endsWith(where);
        assertThat(server.call("parcels", "GET", "/things").header("WWW-Authenticate"))
                .isEqualTo("Bearer resource_metadata=\"https://mcp.example.com" + PATH + "/tools/mcp\"");
        Customer narrow =
                Customer.create(server, "narrow", Setup.role(server, "writers", List.of("things:admin"), "orders"));
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer " + narrow.apiKey())
                        .header("WWW-Authenticate"))
                .as("it has one that counts")
                .doesNotContain("resource_metadata");
    }

    /// RFC 8707 section 2: the identifier is what clients ask tokens for, with or without the slash that a URL
    /// without path is often written with.
    @Test
    void tokensAreAskedForUnderTheIdentifier() {
        Customer shop = Customer.create(server, "shop", Setup.role(server, "buyers", "orders"));
        String base = server.base("orders").replace(":", "%3A").replace("/", "%2F");
        for (String resource : Stream.of("", "%2F").map(base::concat).toList()) {
            assertThat(server.token("orders", shop, "grant_type=client_credentials&resource=" + resource)
                            .status())
                    .isEqualTo(200);
        }
        Got other = server.token("orders", shop, "grant_type=client_credentials&resource=" + base + "%2Fx");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().get("error").asString()).isEqualTo("invalid_target");
    }
}
