package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What clients send to register themselves, and how the provider lets them.
record Registrations(RunningServer server, String api) {
    static final String PATH = "/oauth2/register";

    /// What the smallest client says that signs people in.
    static final String CLIENT = "{\"client_name\":\"Notes\",\"redirect_uris\":[\"https://notes.example.com/cb\"]}";

    /// Writes the policy of the Api, and makes its role when it is not there.
    Registrations letting(String policy) {
        String path = "/v1/apis/" + api;
        ObjectNode whole = (ObjectNode) server.admin("GET", path, "").json();
        whole.remove("id");
        whole.remove("name");
        whole.set("registration", RunningServer.JSON.readTree(policy));
        Got got = server.admin("PUT", path, whole.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return this;
    }

    /// An initial access token that is good for so many.
    String token(String name, long uses) {
        return Customer.created(
                        server,
                        "/v1/apis/" + api + "/registration-tokens",
                        "{\"name\":\"" + name + "\",\"uses\":" + uses + "}")
                .get("token")
                .asString();
    }

    Got send(String metadata) {
        return server.send(api, "POST", PATH, metadata, "Content-Type", "application/json");
    }

    Got send(String metadata, String token) {
        return server.send(
                api, "POST", PATH, metadata, "Content-Type", "application/json", "Authorization", "Bearer " + token);
    }

    JsonNode registered(String metadata) {
        Got got = send(metadata);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        return got.json();
    }

    Got manage(String method, JsonNode client, String body) {
        return manage(
                method, client, body, client.get("registration_access_token").asString());
    }

    Got manage(String method, JsonNode client, String body, String token) {
        String uri = client.get("registration_client_uri").asString();
        assertThat(uri).startsWith(server.base(api) + PATH);
        return server.send(
                api,
                method,
                uri.substring(server.base(api).length()),
                body,
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token);
    }
}
