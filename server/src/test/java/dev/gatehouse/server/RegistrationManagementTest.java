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

/// RFC 7592: a client looks after its own registration, and after no other.
class RegistrationManagementTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Registrations registrations;
    private JsonNode client;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        registrations = new Registrations(server, "orders")
                .letting(
                        "{\"role\":\"buyers\",\"open\":true,\"grant_types\":[\"authorization_code\",\"client_credentials\"]}");
        client = registrations.registered(
                "{\"client_name\":\"Notes\",\"grant_types\":[\"client_credentials\"],\"client_uri\":\"https://notes.example.com\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String id() {
        return client.get("client_id").asString();
    }

    private int token(String secret) {
        return server.token(
                        "orders", "grant_type=client_credentials", "Authorization", RunningServer.basic(id(), secret))
                .status();
    }

    private Got put(String members) {
        return registrations.manage("PUT", client, "{\"client_id\":\"" + id() + "\"" + members + "}");
    }

    /// Sections 2.1 and 3.
    @Test
    void aClientReadsWhatIsRegistered() {
        Got got = registrations.manage("GET", client, "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.json().has("client_secret")).as("shown once").isFalse();
        for (String same : List.of(
                "client_id", "client_name", "client_uri", "registration_access_token", "registration_client_uri")) {
            assertThat(got.json().get(same)).isEqualTo(client.get(same));
        }
    }

    @Test
    void whatOthersChangeIsRead() {
        Got changed = server.admin("PATCH", "/v1/applications/" + id(), "{\"name\":\"Other\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(registrations
                        .manage("GET", client, "")
                        .json()
                        .get("client_name")
                        .asString())
                .isEqualTo("Other");
    }

    /// Section 2.2: what is left out is no more; the secret stays.
    @Test
    void aClientWritesItsRegistrationAnew() {
        String secret = client.get("client_secret").asString();
        Got got = put(
                ",\"client_name\":\"Better notes\",\"client_secret\":\"" + secret
                        + "\",\"redirect_uris\":[\"https://notes.example.com/cb\"],\"grant_types\":[\"authorization_code\",\"client_credentials\"]");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("client_name").asString()).isEqualTo("Better notes");
        assertThat(got.json().get("redirect_uris").toString()).isEqualTo("[\"https://notes.example.com/cb\"]");
        assertThat(got.json().has("client_uri")).isFalse();
        assertThat(registrations.manage("GET", client, "").json()).isEqualTo(got.json());
        assertThat(token(secret)).isEqualTo(200);
        assertThat(server.admin("GET", "/v1/applications/" + id(), "")
                        .json()
                        .get("redirect_uris")
                        .toString())
                .isEqualTo("[\"https://notes.example.com/cb\"]");
    }

    @Test
    void aClientTakesKeysForItsSecretAndASecretForItsKeys() {
        String secret = client.get("client_secret").asString();
        String grants = ",\"grant_types\":[\"client_credentials\"],\"token_endpoint_auth_method\":";
        String jwks = SigningClient.jwks("one", SigningClient.draw());
        Got keys = put(grants + "\"private_key_jwt\",\"jwks\":" + jwks);
        assertThat(keys.status()).as(keys.text()).isEqualTo(200);
        assertThat(keys.json().at("/jwks/keys/0/kid").asString()).isEqualTo("one");
        assertThat(keys.json().has("client_secret")).isFalse();
        assertThat(token(secret)).isEqualTo(401);
        Got away = put(grants + "\"private_key_jwt\",\"jwks_uri\":\"https://notes.example.com/keys\"");
        assertThat(away.json().get("jwks_uri").asString()).isEqualTo("https://notes.example.com/keys");
        assertThat(away.json().has("jwks")).isFalse();
        Got again = put(grants + "\"client_secret_basic\"");
        assertThat(again.json().get("client_secret_expires_at").asLong(-1)).isZero();
        assertThat(token(again.json().get("client_secret").asString())).isEqualTo(200);
        assertThat(token(secret)).isEqualTo(401);
    }

    private JsonNode credential() {
        return server.admin("GET", "/v1/applications/" + id() + "/credentials?limit=100", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> !one.get("state").asString().equals("revoked"))
                .findFirst()
                .orElseThrow();
    }

    /// GAUNTLET H03: who may use a credential from some networks only is not rid of that by writing another one.
    @Test
    void whatAnAdministratorNarrowedStaysOverChanges() {
        String grants = ",\"grant_types\":[\"client_credentials\"],\"token_endpoint_auth_method\":";
        Got narrowed = server.admin(
                "PATCH",
                "/v1/credentials/" + credential().get("id").asString(),
                "{\"addresses\":[\"192.0.2.0/24\"],\"expires_at\":\"2100-01-01T00:00:00Z\"}");
        assertThat(narrowed.status()).as(narrowed.text()).isEqualTo(200);
        assertThat(put(",\"redirect_uris\":[\"https://notes.example.com/cb\"],\"token_endpoint_auth_method\":\"none\"")
                        .status())
                .isEqualTo(403);
        Got keys = put(grants + "\"private_key_jwt\",\"jwks\":" + SigningClient.jwks("one", SigningClient.draw()));
        assertThat(keys.status()).as(keys.text()).isEqualTo(200);
        assertThat(credential().get("addresses").toString()).isEqualTo("[\"192.0.2.0/24\"]");
        assertThat(credential().get("expires_at").asString()).startsWith("2100-01-01");
        assertThat(put(grants + "\"private_key_jwt\",\"jwks\":" + SigningClient.jwks("two", SigningClient.draw()))
                        .status())
                .isEqualTo(200);
        Got again = put(grants + "\"client_secret_basic\"");
        assertThat(credential().get("addresses").toString()).isEqualTo("[\"192.0.2.0/24\"]");
        assertThat(token(again.json().get("client_secret").asString())).isEqualTo(401);
    }

    /// GAUNTLET H03.
    @Test
    void aCredentialThatIsHeldIsNotReplaced() {
        String grants = ",\"grant_types\":[\"client_credentials\"],\"token_endpoint_auth_method\":";
        String jwks = SigningClient.jwks("one", SigningClient.draw());
        assertThat(put(grants + "\"private_key_jwt\",\"jwks\":" + jwks).status())
                .isEqualTo(200);
        String held = credential().get("id").asString();
        server.admin("POST", "/v1/credentials/" + held + "/suspend", "");
        for (String other : List.of(
                "\"private_key_jwt\",\"jwks\":" + SigningClient.jwks("two", SigningClient.draw()),
                "\"client_secret_basic\",\"jwks\":" + jwks,
                "\"client_secret_basic\"")) {
            Got got = put(grants + other);
            assertThat(got.status()).as(got.text()).isEqualTo(403);
        }
        assertThat(credential().get("id").asString()).isEqualTo(held);
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        JsonNode before = registrations.manage("GET", client, "").json();
        String grants = ",\"grant_types\":[\"client_credentials\"]";
        for (String wrong : List.of(
                "{\"grant_types\":[\"client_credentials\"]}",
                "{\"client_id\":\"app_other\"" + grants + "}",
                "{\"client_id\":\"" + id() + "\",\"client_secret\":\"x\"" + grants + "}",
                "{\"client_id\":\"" + id() + "\",\"client_secret\":7" + grants + "}",
                "{\"client_id\":\"" + id() + "\"}",
                "{\"client_id\":\"" + id() + "\",\"sector_identifier_uri\":\"https://bank.example/uris.json\"" + grants
                        + "}",
                "[]")) {
            Got got = registrations.manage("PUT", client, wrong);
            assertThat(got.status()).as(wrong).isEqualTo(400);
        }
        assertThat(registrations.manage("GET", client, "").json()).isEqualTo(before);
    }

    /// Section 2.3: nothing of it is left, and its token is none any more.
    @Test
    void aClientDeletesItself() {
        Got got = registrations.manage("DELETE", client, "");
        assertThat(got.status()).isEqualTo(204);
        assertThat(token(client.get("client_secret").asString())).isEqualTo(401);
        for (String method : List.of("GET", "DELETE")) {
            assertThat(registrations.manage(method, client, "").status()).isEqualTo(401);
        }
    }

    @Test
    void aTokenOpensNoOtherRegistration() {
        JsonNode other = registrations.registered(Registrations.CLIENT);
        String own = client.get("registration_access_token").asString();
        for (String method : List.of("GET", "PUT", "DELETE")) {
            for (String token : List.of(own, "x", "gtr_" + "A".repeat(43))) {
                Got got = registrations.manage(method, other, "{}", token);
                assertThat(got.status()).as(method).isEqualTo(401);
                assertThat(got.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            }
        }
        assertThat(server.call("orders", "GET", Registrations.PATH, "Authorization", "Bearer " + own)
                        .status())
                .isEqualTo(401);
        assertThat(server.call("orders", "GET", Registrations.PATH + "?client_id=" + id())
                        .status())
                .isEqualTo(401);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer " + own)
                        .status())
                .as("it opens nothing else")
                .isEqualTo(401);
    }

    /// A client that members made has no such token, and nobody can take it over here.
    @Test
    void otherApplicationsAreNotManagedHere() {
        Customer shop = Customer.create(server, "shop", Setup.role(server, "shoppers", "orders"));
        for (String token : List.of(shop.secret(), shop.apiKey(), "x")) {
            assertThat(server.call(
                                    "orders",
                                    "GET",
                                    Registrations.PATH + "?client_id=" + shop.clientId(),
                                    "Authorization",
                                    "Bearer " + token)
                            .status())
                    .isEqualTo(401);
        }
    }
}
