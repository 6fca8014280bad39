package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Secrets of keys that leave the Api that keeps them: no other Api tells them, and they are told no more.
class RevealMovedTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        for (String api : new String[] {"orders", "parcels"}) {
            Setup.api(server, api, "sealed");
            Setup.reveal(server, api, "[\"api_key\"]");
        }
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got reveal(String key) {
        return server.admin("POST", "/v1/credentials/" + key + "/reveal", "");
    }

    private void patched(String path, String body) {
        Got got = server.admin("PATCH", path, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsMovedToAnotherApi() {
        JsonNode key = Customer.created(
                server,
                "/v1/applications/" + customer.application() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":{\"orders\":[\"things:read\"]},"
                        + "\"apis\":[\"orders\"]}");
        String id = key.get("id").asString();
        assertThat(reveal(id).json().get("secret")).isEqualTo(key.get("secret"));
        patched("/v1/credentials/" + id, "{\"apis\":[\"parcels\"]}");
        assertThat(reveal(id).status()).isEqualTo(409);
        patched("/v1/credentials/" + id, "{\"apis\":[\"orders\"]}");
        assertThat(reveal(id).status()).as("back again").isEqualTo(409);
    }

    @Test
    void aKeyWhoseRoleIsChangedToAnotherApi() {
        assertThat(reveal(customer.apiKeyId()).status()).isEqualTo(200);
        String role = Setup.role(server, "carrier", "parcels");
        patched("/v1/applications/" + customer.application(), "{\"role\":\"" + role + "\"}");
        assertThat(reveal(customer.apiKeyId()).status()).isEqualTo(409);
    }

    @Test
    void aKeyThatIsGoodAtSeveral() {
        String role = Setup.role(server, "both", "orders", "parcels");
        Customer other = Customer.create(server, "two", role);
        JsonNode key = Customer.created(
                server,
                "/v1/applications/" + other.application() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\",\"apis\":[\"orders\"]}");
        String id = key.get("id").asString();
        assertThat(reveal(id).status()).isEqualTo(200);
        patched("/v1/credentials/" + id, "{\"apis\":null}");
        assertThat(reveal(id).status()).isEqualTo(409);
        patched("/v1/credentials/" + id, "{\"apis\":[\"orders\"]}");
        assertThat(reveal(id).status()).as("back again").isEqualTo(409);
    }
}
