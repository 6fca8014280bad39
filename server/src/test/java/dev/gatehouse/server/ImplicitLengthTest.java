package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tokens in place of codes go in one header of a redirect, with the room that any node has for it.
class ImplicitLengthTest {
    private static final List<String> LONG = IntStream.range(10, 38)
            .mapToObj(number -> "things:" + "a".repeat(100) + number)
            .toList();

    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder).implicit();
        reader = suite.browser();
        var api = (ObjectNode) suite.server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name"));
        var catalogue = (ObjectNode) api.get("scopes");
        LONG.forEach(scope -> catalogue.set(scope, RunningServer.JSON.readTree("{\"description\":\"Do more\"}")));
        good(suite.server.admin("PUT", "/v1/apis/orders", api.toString()));
        JsonNode roles = suite.server
                .admin("GET", "/v1/organizations/" + Setup.root(suite.server) + "/roles", "")
                .json();
        for (JsonNode role : roles.get("items")) {
            if (List.of("suite", "people").contains(role.get("name").asString())) {
                longer(role);
            }
        }
    }

    private void longer(JsonNode role) {
        var rights = (ObjectNode) role.get("rights");
        var scopes = rights.withArray("orders");
        LONG.forEach(scopes::add);
        good(suite.server.admin("PATCH", "/v1/roles/" + role.get("id").asString(), "{\"rights\":" + rights + "}"));
    }

    private static void good(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Map<String, String> asked(Client client, int scopes, String mode) {
        String scope = LONG.stream().limit(scopes).collect(Collectors.joining(" ", "openid ", ""));
        Map<String, String> request =
                ConformanceSuite.request(client, scope, "response_type", "id_token token", "response_mode", mode);
        return suite.authorize(reader, request);
    }

    @Test
    void whatDoesNotFitIntoARedirectIsToldAndGoesInAForm() {
        Client client = new ImplicitClients(suite).made(ImplicitClients.TERMS);
        assertThat(asked(client, LONG.size(), "fragment"))
                .containsEntry("error", "invalid_request")
                .containsEntry(
                        "error_description",
                        "the answer is too long for a redirect: ask for less, or with response_mode=form_post")
                .containsEntry("state", ConformanceSuite.STATE)
                .doesNotContainKey("access_token");
        assertThat(asked(client, LONG.size(), "form_post").get("page")).contains("name=\"access_token\"");
        assertThat(asked(client, 16, "fragment")).containsKey("access_token");
    }

    /// What is signed is encoded twice, and as long as it is then.
    @Test
    void whatIsSignedIsMeasuredAsItIsSent() {
        Client client = new ImplicitClients(suite).made(ImplicitClients.TERMS);
        JsonNode refused = ConformanceSuite.part(asked(client, 16, "jwt").get("response"), 1);
        assertThat(refused.get("error").asString()).isEqualTo("invalid_request");
        JsonNode given = ConformanceSuite.part(asked(client, 4, "jwt").get("response"), 1);
        assertThat(given.get("access_token").asString()).isNotEmpty();
        assertThat(suite.sentTo.length()).isLessThan(7000);
    }
}
