package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A node of a release before knows nothing of an Api or a client that says what it cannot read. So nobody says
/// that while one may come back, and what is said already stays as changeable as it was.
class UnreadableNodesTest {
    private static final String TYPES = "{\"payment\":{\"description\":\"Pay\"}}";
    private static final String POLICY = "{\"role\":\"buyers\",\"open\":true}";
    private static final String LETTING =
            "{\"role\":\"buyers\",\"open\":true,\"grant_types\":[\"authorization_code\",\"implicit\"]}";
    private static final String REDIRECT = "\"redirect_uris\":[\"https://notes.example.com/cb\"]";
    private static final String CODE = ",\"grant_types\":[\"authorization_code\"]";
    private static final String IMPLICIT = ",\"grant_types\":[\"implicit\"],\"response_types\":[\"id_token\"]";
    private static final String PS256 = ",\"id_token_signed_response_alg\":\"PS256\"";
    private static final String DETAILS = ",\"authorization_details_types\":[\"payment\"]";
    private static final String BY_REQUEST = ",\"token_endpoint_auth_method\":\"client_secret_basic\","
            + "\"grant_types\":[\"urn:openid:params:grant-type:ciba\"],"
            + "\"backchannel_authentication_request_signing_alg\":\"ES256\"";

    @TempDir
    Path folder;

    private final Postgres.Database database = Postgres.database();
    private RunningServer server;
    private Registrations registrations;
    private String applications;

    private RunningServer opened(String name) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        return RunningServer.with(own, new TestClock(Instant.now()), """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(
                        folder.resolve("keys.json"), database.url(), database.user(), database.password()));
    }

    @BeforeEach
    void start() throws IOException {
        server = opened("1");
        Setup.openIdApi(server, "orders", "jwt");
        Setup.openIdApi(server, "parcels", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        applications = "/v1/organizations/" + Setup.root(server) + "/applications";
        registrations = new Registrations(server, "orders");
        taken(api("orders", Map.of("implicit", "true", "registration", LETTING, "authorization_details_types", TYPES)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// One of format 57 was declared out: it joins again by itself.
    private void older() throws SQLException {
        rows("INSERT INTO node (id, boot, beat, applied, state, version) VALUES (7, 7, 7, '1:1:', 'out', 57)");
    }

    private void rows(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement running = connection.createStatement()) {
            running.executeUpdate(statement);
        }
    }

    /// Writes these members of an Api.
    private Got api(String name, Map<String, String> members) {
        ObjectNode whole =
                (ObjectNode) server.admin("GET", "/v1/apis/" + name, "").json();
        whole.remove(List.of("id", "name", "organization"));
        members.forEach((member, json) -> whole.set(member, RunningServer.JSON.readTree(json)));
        return server.admin("PUT", "/v1/apis/" + name, whole.toString());
    }

    private Got added(String name, String terms) {
        String redirects = terms.contains("ciba") ? "" : "," + REDIRECT;
        return server.admin("POST", applications, "{\"name\":\"" + name + "\"" + redirects + terms + "}");
    }

    private Got changed(JsonNode application, String members) {
        return server.admin("PATCH", "/v1/applications/" + application.get("id").asString(), "{" + members + "}");
    }

    private static JsonNode taken(Got got) {
        assertThat(got.status()).as(got.text()).isIn(200, 201);
        return got.json();
    }

    private static void waits(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.json().get("error").asString()).isEqualTo("temporarily_unavailable");
        assertThat(got.header("Retry-After")).isEqualTo("60");
    }

    private static String metadata(JsonNode client, String terms) {
        return "{\"client_id\":\"" + client.get("client_id").asString() + "\"," + REDIRECT + terms + "}";
    }

    @Test
    void nothingIsWrittenThatANodeCannotRead() throws SQLException {
        JsonNode plain = taken(added("plain", CODE));
        older();
        for (Got refused : List.of(
                api("parcels", Map.of("implicit", "true")),
                api("parcels", Map.of("registration", LETTING)),
                api("parcels", Map.of("authorization_details_types", TYPES)),
                added("tokens", IMPLICIT),
                added("padded", CODE + PS256),
                added("detailed", CODE + DETAILS),
                added("sending", BY_REQUEST),
                changed(plain, IMPLICIT.substring(1)),
                changed(plain, PS256.substring(1)),
                changed(plain, DETAILS.substring(1)))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.text()).contains("nodes of an earlier release").contains(new Id(Kind.NODE, 7).text());
        }
        taken(api("parcels", Map.of("registration", POLICY)));
        taken(changed(plain, "\"id_token_signed_response_alg\":\"ES256\""));
        rows("UPDATE node SET state = 'left' WHERE id = 7");
        taken(api("parcels", Map.of("implicit", "true", "authorization_details_types", TYPES)));
        taken(changed(plain, PS256.substring(1) + DETAILS));
        taken(added("sending", BY_REQUEST));
    }

    @Test
    void aClientRegistersWhenAllNodesCanReadIt() throws SQLException {
        JsonNode code = registrations.registered("{" + REDIRECT + CODE + "}");
        older();
        for (String terms : List.of(IMPLICIT, CODE + PS256, CODE + DETAILS)) {
            waits(registrations.send("{" + REDIRECT + terms + "}"));
            waits(registrations.manage("PUT", code, metadata(code, terms)));
        }
        JsonNode now = taken(registrations.manage("GET", code, ""));
        assertThat(now.get("grant_types").toString()).isEqualTo("[\"authorization_code\"]");
        assertThat(now.has("authorization_details_types")).isFalse();
        taken(registrations.manage("PUT", code, metadata(code, CODE + ",\"client_name\":\"Other\"")));
        rows("UPDATE node SET state = 'left' WHERE id = 7");
        taken(registrations.send("{" + REDIRECT + IMPLICIT + "}"));
        taken(registrations.manage("PUT", code, metadata(code, CODE + PS256 + DETAILS)));
    }

    @Test
    void whatIsSaidAlreadyMayBeWrittenAgain() throws SQLException {
        JsonNode tokens = taken(added("tokens", IMPLICIT + PS256 + DETAILS));
        JsonNode client = registrations.registered("{" + REDIRECT + IMPLICIT + PS256 + "}");
        older();
        taken(api("orders", Map.of("key_header", "\"X-Other-Key\"")));
        taken(changed(tokens, "\"name\":\"Renamed\""));
        taken(registrations.manage("PUT", client, metadata(client, IMPLICIT + PS256 + ",\"client_name\":\"Renamed\"")));
        taken(changed(tokens, "\"id_token_signed_response_alg\":null,\"authorization_details_types\":null"));
        assertThat(changed(tokens, PS256.substring(1)).status())
                .as("taken back and said anew")
                .isEqualTo(409);
        taken(api("orders", Map.of("implicit", "false", "authorization_details_types", "{}")));
        assertThat(api("orders", Map.of("implicit", "true")).status()).isEqualTo(409);
    }

    /// It leaves the types of an Api that it writes as they are, and knows nothing of their scopes.
    @Test
    void aTypeWhoseScopeIsGoneIsLeftOut() throws Exception {
        String scoped = "{\"payment\":{\"description\":\"Pay\"},"
                + "\"refund\":{\"description\":\"Pay back\",\"scope\":\"things:admin\"}}";
        taken(api("orders", Map.of("authorization_details_types", scoped)));
        rows("UPDATE api SET details = replace(details, 'things:admin', 'things:gone') WHERE name = 'orders'");
        try (RunningServer second = opened("2")) {
            JsonNode metadata = taken(second.call("orders", "GET", "/.well-known/openid-configuration"));
            assertThat(metadata.get("authorization_details_types_supported").toString())
                    .isEqualTo("[\"payment\"]");
            JsonNode read = taken(second.admin(server.key(), "GET", "/v1/apis/orders", ""));
            assertThat(read.get("authorization_details_types").propertyNames()).containsExactly("payment");
        }
    }
}
