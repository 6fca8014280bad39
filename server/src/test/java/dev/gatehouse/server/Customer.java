package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import tools.jackson.databind.JsonNode;

/// An organization with one application that holds an API key and a key pair, made through the admin API.
record Customer(
        String organization,
        String application,
        String clientId,
        String apiKeyId,
        String apiKey,
        String secretId,
        String secret) {
    static Customer create(RunningServer server, String name, String role) {
        JsonNode organization = created(server, "/v1/organizations", "{\"name\":\"" + name + "\"}");
        return of(server, organization.get("id").asString(), "shop", role);
    }

    /// The same in an organization that is there.
    static Customer of(RunningServer server, String org, String name, String role) {
        JsonNode application = created(
                server,
                "/v1/organizations/" + org + "/applications",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}");
        String app = application.get("id").asString();
        JsonNode key = created(
                server,
                "/v1/applications/" + app + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"key\",\"scopes\":\"role\"}");
        JsonNode secret = created(
                server,
                "/v1/applications/" + app + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"pair\",\"scopes\":\"role\"}");
        return new Customer(
                org,
                app,
                application.get("client_id").asString(),
                key.get("id").asString(),
                key.get("secret").asString(),
                secret.get("id").asString(),
                secret.get("secret").asString());
    }

    static JsonNode created(RunningServer server, String path, String body) {
        Got got = server.admin("POST", path, body);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json();
    }
}
