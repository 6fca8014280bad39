package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Tokens in place of codes while what allows them changes, and whom their clients know by which name.
class ImplicitChangesTest {
    private static final String BOTH = "id_token token";
    private static final String CODE = "\"grant_types\":[\"authorization_code\"]";

    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder).implicit();
        reader = suite.browser();
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Client made(String terms) {
        return new ImplicitClients(suite).made(terms);
    }

    private Got patched(Client client, String change) {
        return suite.server.admin("PATCH", "/v1/applications/" + client.secret(), change);
    }

    private void implicit(boolean value) {
        var api = (ObjectNode) suite.server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name"));
        api.put("implicit", value);
        Got got = suite.server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private Map<String, String> request(Client client, String type) {
        suite.clock.advance(Duration.ofSeconds(1));
        return ConformanceSuite.request(client, "openid things:read", "response_type", type);
    }

    /// Opens a request as far as the question.
    private String question(Client client) {
        reader.open("/oauth2/authorize?" + ConformanceSuite.encoded(request(client, BOTH)));
        if (reader.page().text().contains("id=\"sign-in\"")) {
            reader.send("/oauth2/sign-in", "username", suite.alice.username(), "password", suite.alice.password());
            reader.follow();
        }
        return reader.form("decision", "allow");
    }

    /// What was allowed when the person was asked is nothing when it answers.
    @Test
    void whatIsTakenAwayBetweenQuestionAndAnswerIsGone() {
        Client client = made(ImplicitClients.TERMS);
        String form = question(client);
        implicit(false);
        Got answer = reader.post("/oauth2/consent", form);
        assertThat(answer.header("Refresh")).contains("error=unsupported_response_type");
        assertThat(answer.text()).doesNotContain("access_token");

        implicit(true);
        String again = question(client);
        assertThat(patched(client, "{" + CODE + ",\"response_types\":null}").status())
                .isEqualTo(200);
        Got refused = reader.post("/oauth2/consent", again);
        assertThat(refused.header("Refresh")).contains("#error=unauthorized_client");
        assertThat(refused.text()).doesNotContain("access_token");
    }

    @Test
    void anApplicationComesToItAndLeavesIt() {
        Client client = made(CODE);
        assertThat(suite.authorize(reader, request(client, "id_token"))).containsEntry("error", "unauthorized_client");
        Got more = patched(
                client,
                "{\"grant_types\":[\"authorization_code\",\"implicit\"],\"response_types\":[\"code\",\"id_token\"]}");
        assertThat(more.status()).as(more.text()).isEqualTo(200);
        assertThat(more.json().get("response_types").toString()).isEqualTo("[\"code\",\"id_token\"]");
        assertThat(suite.authorize(reader, request(client, "id_token"))).containsKey("id_token");
        assertThat(patched(client, "{\"response_types\":null}").status())
                .as("the grant alone")
                .isEqualTo(400);
        Got less = patched(client, "{" + CODE + ",\"response_types\":null}");
        assertThat(less.status()).as(less.text()).isEqualTo(200);
        assertThat(suite.authorize(reader, request(client, "id_token"))).containsEntry("error", "unauthorized_client");
    }

    /// OpenID Connect Core section 8.1.
    @Test
    void aPairwiseClientKnowsAPersonByItsOwnName() {
        Client client = made(ImplicitClients.TERMS + ",\"subject_type\":\"pairwise\"");
        Map<String, String> both = suite.authorize(reader, request(client, BOTH));
        String subject =
                ConformanceSuite.part(both.get("id_token"), 1).get("sub").asString();
        assertThat(subject).isNotEqualTo(suite.alice.id());
        Map<String, String> alone = suite.authorize(reader, request(client, "id_token"));
        assertThat(ConformanceSuite.part(alone.get("id_token"), 1).get("sub").asString())
                .isEqualTo(subject);
        Got told = suite.server.call(
                "orders", "GET", "/oauth2/userinfo", "Authorization", "Bearer " + both.get("access_token"));
        assertThat(told.json().get("sub").asString()).isEqualTo(subject);
    }
}
