package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 7592 section 2.3: who may end a registration, and what is left of it.
class RegistrationEndTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Registrations registrations;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid", "offline_access"), "orders");
        registrations = new Registrations(server, "orders")
                .letting("{\"role\":\"buyers\",\"open\":true,\"pkce\":\"optional\",\"grant_types\":"
                        + "[\"authorization_code\",\"refresh_token\",\"client_credentials\"]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode registered() {
        return registrations.registered("{\"redirect_uris\":[\"" + CodeFlow.REDIRECT
                + "\"],\"grant_types\":[\"authorization_code\",\"refresh_token\",\"client_credentials\"]}");
    }

    private static String id(JsonNode client) {
        return client.get("client_id").asString();
    }

    private Got token(JsonNode client, String form) {
        return server.token(
                "orders",
                form,
                "Authorization",
                RunningServer.basic(id(client), client.get("client_secret").asString()));
    }

    private int call(JsonNode tokens) {
        return server.call(
                        "orders",
                        "GET",
                        "/things",
                        "Authorization",
                        "Bearer " + tokens.get("access_token").asString())
                .status();
    }

    /// What a person granted to a client.
    private JsonNode granted(JsonNode client) {
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "readers", "orders")));
        String back = URLEncoder.encode(CodeFlow.REDIRECT, StandardCharsets.UTF_8);
        String code = new CodeFlow(
                        server, id(client), client.get("client_secret").asString(), alice)
                .allowed("/oauth2/authorize?response_type=code&scope=openid+things%3Aread+offline_access&client_id="
                        + id(client) + "&redirect_uri=" + back)
                .getOrDefault("code", "");
        Got got = token(client, "grant_type=authorization_code&code=" + code + "&redirect_uri=" + back);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    @Test
    void nothingThatWasIssuedIsLeft() {
        JsonNode client = registered();
        JsonNode own = token(client, "grant_type=client_credentials").json();
        JsonNode granted = granted(client);
        assertThat(call(own)).isEqualTo(200);
        assertThat(call(granted)).isEqualTo(200);
        assertThat(registrations.manage("DELETE", client, "").status()).isEqualTo(204);
        assertThat(call(own)).isEqualTo(401);
        assertThat(call(granted)).isEqualTo(401);
        String refresh = "grant_type=refresh_token&refresh_token="
                + granted.get("refresh_token").asString();
        for (String form : List.of("grant_type=client_credentials", refresh)) {
            Got got = token(client, form);
            assertThat(got.status()).as(form).isEqualTo(401);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
        }
        Got written = registrations.manage("PUT", client, "{}");
        assertThat(written.status()).isEqualTo(401);
        assertThat(written.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    /// A client that is held cannot get rid of the hold by ending itself, or by writing itself anew
    /// (GAUNTLET H03).
    @Test
    void whoIsHeldEndsNothing() {
        JsonNode client = registered();
        assertThat(server.admin("POST", "/v1/applications/" + id(client) + "/suspend", "")
                        .status())
                .isEqualTo(200);
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Got got = registrations.manage(method, client, "{}");
            assertThat(got.status()).as(method).isEqualTo(403);
            assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        }
        String state = "/v1/applications/" + id(client);
        assertThat(server.admin("GET", state, "").json().get("state").asString())
                .isEqualTo("suspended");
        assertThat(server.admin("POST", state + "/resume", "").status()).isEqualTo(200);
        assertThat(token(client, "grant_type=client_credentials").status()).isEqualTo(200);
        assertThat(registrations.manage("DELETE", client, "").status()).isEqualTo(204);
    }

    @Test
    void anothersTokenEndsNothing() {
        JsonNode client = registered();
        JsonNode other = registered();
        String token = other.get("registration_access_token").asString();
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Got got = registrations.manage(method, client, "{\"client_id\":\"" + id(client) + "\"}", token);
            assertThat(got.status()).as(method).isEqualTo(401);
            assertThat(got.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
        for (JsonNode one : List.of(client, other)) {
            assertThat(registrations.manage("GET", one, "").status()).isEqualTo(200);
            assertThat(token(one, "grant_type=client_credentials").status()).isEqualTo(200);
        }
    }
}
