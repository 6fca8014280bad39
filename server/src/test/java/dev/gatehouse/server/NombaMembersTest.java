package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Keys of Nomba that act as a member of the team: with its role, several at once, each suspended and revoked
/// alone.
class NombaMembersTest extends NombaFixture {
    private String membership = "";
    private Person member;

    private JsonNode key(String name) {
        return Customer.created(
                server,
                "/v1/memberships/" + membership + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"" + name + "\",\"scopes\":\"role\"}");
    }

    private void join() {
        join(Optional.of(Setup.role(server, "team", List.of("accounts"), "nomba")));
    }

    private void join(Optional<String> role) {
        member = Person.create(server, parent, "ada", role);
        membership = server.admin("GET", "/v1/organizations/" + parent + "/memberships", "")
                .json()
                .at("/items/0/id")
                .asString();
    }

    private Got issue(JsonNode key) {
        return server.send(
                "orders",
                "POST",
                "/v1/auth/token/issue",
                "{\"grant_type\":\"client_credentials\",\"client_id\":\"" + member.id() + "\",\"client_secret\":\""
                        + key.get("secret").asString() + "\"}",
                "accountId",
                parent);
    }

    private int balance(Got issued) {
        return call("Bearer " + issued.json().at("/data/access_token").asString(), parent)
                .status();
    }

    private void verb(String path, String verb) {
        assertThat(server.admin("POST", path + "/" + verb, "{}").status()).isEqualTo(200);
    }

    private void says(String json) {
        assertThat(server.admin("PATCH", "/v1/organizations/" + parent, "{\"default_role\":" + json + "}")
                        .status())
                .isEqualTo(200);
    }

    /// Nomba's keys are Admin by default: here by a role that the account says.
    @Test
    void theRoleThatNobodyNamed() {
        String team = Setup.role(server, "team", List.of("accounts"), "nomba");
        says("\"team\"");
        join(Optional.empty());
        assertThat(balance(issue(key("first")))).isEqualTo(200);
        assertThat(server.admin("GET", "/v1/memberships/" + membership, "")
                        .json()
                        .get("role")
                        .asString())
                .isEqualTo(team);
        JsonNode below = Customer.created(server, "/v1/organizations/" + sub + "/applications", "{\"name\":\"till\"}");
        assertThat(below.get("role").asString()).isEqualTo(team);
        String added = server.admin("GET", "/v1/audit?target=" + id(below), "").text();
        assertThat(added).contains("application.add", team);

        says("null");
        JsonNode without =
                Customer.created(server, "/v1/organizations/" + sub + "/applications", "{\"name\":\"other\"}");
        assertThat(without.has("role")).isFalse();
    }

    @Test
    void theWholeStory() throws IOException {
        join();
        JsonNode first = key("first");
        JsonNode second = key("second");
        Got one = issue(first);
        assertThat(one.status()).as(one.text()).isEqualTo(200);
        Got other = issue(second);
        assertThat(balance(one)).as("a token for each key").isEqualTo(200);
        assertThat(balance(other)).isEqualTo(200);

        String path = "/v1/credentials/" + id(first);
        verb(path, "suspend");
        assertThat(balance(one)).isEqualTo(401);
        assertThat(issue(first).status()).isEqualTo(401);
        assertThat(balance(other)).isEqualTo(200);
        server = server.restarted(folder, clock);
        assertThat(balance(one)).isEqualTo(401);
        verb(path, "resume");
        assertThat(balance(one)).isEqualTo(200);
        verb(path, "revoke");
        assertThat(balance(one)).isEqualTo(401);
        assertThat(issue(first).status()).isEqualTo(401);

        verb("/v1/memberships/" + membership, "suspend");
        assertThat(balance(other)).as("it acts as the member").isEqualTo(401);
        verb("/v1/memberships/" + membership, "resume");
        assertThat(balance(other)).isEqualTo(200);
        assertThat(server.admin("PATCH", "/v1/memberships/" + membership, "{\"role\":null}")
                        .status())
                .isEqualTo(200);
        assertThat(balance(other)).as("and with its role").isEqualTo(403);
        verb("/v1/users/" + member.id(), "revoke");
        assertThat(issue(second).status()).isEqualTo(401);
    }
}
