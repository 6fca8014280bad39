package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The types of authorization details that a client says it uses when it registers itself (RFC 9396 section 10).
class RegistrationDetailsTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Registrations registrations;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.set(
                "authorization_details_types",
                RunningServer.JSON.readTree(
                        "{\"payment\":{\"description\":\"Pay\"},\"refund\":{\"description\":\"Pay back\"}}"));
        api.remove(List.of("id", "name", "organization"));
        assertThat(server.admin("PUT", "/v1/apis/orders", api.toString()).status())
                .isEqualTo(200);
        registrations = new Registrations(server, "orders").letting("{\"role\":\"buyers\",\"open\":true}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String client(String types) {
        return "{\"redirect_uris\":[\"https://notes.example.com/cb\"],\"token_endpoint_auth_method\":\"none\"" + types
                + "}";
    }

    private String asked(JsonNode client, String type) {
        Got got = server.call(
                "orders",
                "GET",
                "/oauth2/authorize?response_type=code&client_id="
                        + client.get("client_id").asString()
                        + "&redirect_uri=https%3A%2F%2Fnotes.example.com%2Fcb&code_challenge=" + CodeFlow.CHALLENGE
                        + "&code_challenge_method=S256&authorization_details=%5B%7B%22type%22%3A%22" + type
                        + "%22%7D%5D");
        return got.header("Location") + got.status();
    }

    @Test
    void aClientIsBoundToTheTypesThatItNames() {
        JsonNode bound = registrations.registered(client(",\"authorization_details_types\":[\"payment\"]"));
        assertThat(bound.get("authorization_details_types")).isEqualTo(RunningServer.JSON.readTree("[\"payment\"]"));
        assertThat(asked(bound, "payment")).isEqualTo("200");
        assertThat(asked(bound, "refund")).contains("error=invalid_authorization_details");
        JsonNode any = registrations.registered(client(""));
        assertThat(any.has("authorization_details_types")).isFalse();
        assertThat(asked(any, "refund")).isEqualTo("200");
    }

    @Test
    void whatIsNoTypeHereCannotBeRegistered() {
        for (String types : List.of("[\"payment\",\"other\"]", "[]", "\"payment\"", "[1]")) {
            Got got = registrations.send(client(",\"authorization_details_types\":" + types));
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
        }
    }

    private JsonNode said(JsonNode client, String members) {
        String id = server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/applications", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("client_id").equals(client.get("client_id")))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        Got got = server.admin("PATCH", "/v1/applications/" + id, members);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    private JsonNode written(JsonNode client, String types) {
        String body =
                client(types + ",\"client_id\":\"" + client.get("client_id").asString() + "\"");
        Got got = registrations.manage("PUT", client, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().path("authorization_details_types");
    }

    /// GAUNTLET H03: what the provider bound a client to it does not lift by writing its registration (RFC 7592
    /// section 2.2); it may bind itself more.
    @Test
    void aClientDoesNotLiftABound() {
        JsonNode client = registrations.registered(client(""));
        said(client, "{\"authorization_details_types\":[\"payment\"]}");
        String both = ",\"authorization_details_types\":[\"refund\",\"payment\"]";
        for (String types : List.of("", both, ",\"authorization_details_types\":[\"refund\"]")) {
            assertThat(written(client, types)).as(types).isEqualTo(RunningServer.JSON.readTree("[\"payment\"]"));
            assertThat(asked(client, "refund")).contains("error=invalid_authorization_details");
            assertThat(asked(client, "payment")).isEqualTo("200");
        }
        said(client, "{\"authorization_details_types\":[\"payment\",\"refund\"]}");
        assertThat(written(client, ",\"authorization_details_types\":[\"refund\"]"))
                .isEqualTo(RunningServer.JSON.readTree("[\"refund\"]"));
        said(client, "{\"authorization_details_types\":null}");
        assertThat(written(client, "").isMissingNode()).isTrue();
        assertThat(asked(client, "payment")).isEqualTo("200");
    }

    /// The same of a profile, which registration has no name for.
    @Test
    void aClientDoesNotLeaveItsProfile() {
        String confidential = "{\"redirect_uris\":[\"https://notes.example.com/cb\"],"
                + "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://notes.example.com/jwks\","
                + "\"dpop_bound_access_tokens\":true";
        JsonNode client = registrations.registered(confidential + "}");
        said(client, "{\"profile\":\"fapi2\"}");
        Got got = registrations.manage(
                "PUT",
                client,
                confidential + ",\"client_id\":\"" + client.get("client_id").asString() + "\"}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(said(client, "{\"name\":\"Renamed\"}").path("profile").asString())
                .isEqualTo("fapi2");
    }

    /// Nor does it stay in it by name alone, and authenticate by what the profile has no room for.
    @Test
    void whatDoesNotGoWithItsProfileIsRefused() {
        String proof = "\"token_endpoint_auth_method\":\"private_key_jwt\","
                + "\"jwks_uri\":\"https://notes.example.com/jwks\"";
        String rest = "{\"redirect_uris\":[\"https://notes.example.com/cb\"],\"dpop_bound_access_tokens\":true,";
        JsonNode client = registrations.registered(rest + proof + "}");
        said(client, "{\"profile\":\"fapi2\"}");
        String id = ",\"client_id\":\"" + client.get("client_id").asString() + "\"}";
        for (String other : List.of(
                "\"token_endpoint_auth_method\":\"client_secret_basic\"",
                "\"token_endpoint_auth_method\":\"none\"",
                proof + ",\"id_token_signed_response_alg\":\"RS256\"")) {
            Got got = registrations.manage("PUT", client, rest + other + id);
            assertThat(got.status()).as(other).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
            assertThat(got.text()).contains("fapi2");
        }
        assertThat(registrations
                        .manage("GET", client, "")
                        .json()
                        .get("token_endpoint_auth_method")
                        .asString())
                .isEqualTo("private_key_jwt");
    }

    /// Nor has registration a name for whether codes are bound (RFC 7636).
    @Test
    void aClientDoesNotLeaveOffPkce() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"pkce\":\"optional\"}");
        String metadata = "{\"redirect_uris\":[\"https://notes.example.com/cb\"]";
        JsonNode client = registrations.registered(metadata + "}");
        String id = ",\"client_id\":\"" + client.get("client_id").asString() + "\"}";
        assertThat(said(client, "{\"name\":\"One\"}").get("pkce").asString()).isEqualTo("optional");
        said(client, "{\"pkce\":\"required\"}");
        assertThat(registrations.manage("PUT", client, metadata + id).status()).isEqualTo(200);
        assertThat(said(client, "{\"name\":\"Two\"}").has("pkce"))
                .as("required, as usual")
                .isFalse();

        JsonNode open = registrations.registered(client(""));
        assertThat(registrations
                        .manage(
                                "PUT",
                                open,
                                metadata + ",\"client_id\":\""
                                        + open.get("client_id").asString() + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(said(open, "{\"name\":\"Three\"}").get("pkce").asString())
                .as("nobody but its kind had said so")
                .isEqualTo("optional");
    }
}
