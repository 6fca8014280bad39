package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an organization lets an application of one above do there bounds what that does by the admin API, too:
/// wherever the organization, or what belongs to it, is named.
class AccessBelowTest extends NombaFixture {
    private static final List<String> ALL = List.of(
            "orgs:read", "orgs:write", "apps:read", "apps:write", "keys:read", "keys:write", "roles:read", "roles:write");

    private String office = "";
    private String key = "";
    private String below = "";

    @BeforeEach
    void office() {
        String role = Setup.role(server, "office", ALL, "gatehouse");
        office = id(Customer.created(
                server,
                "/v1/organizations/" + parent + "/applications",
                "{\"name\":\"Office\",\"role\":\"" + role + "\"}"));
        key = Customer.created(
                        server,
                        "/v1/applications/" + office + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        below = id(Customer.created(
                server,
                "/v1/organizations/" + sub + "/applications",
                "{\"name\":\"Below\",\"role\":\"" + role + "\"}"));
    }

    private Got office(String method, String path, String body) {
        return server.admin(Secret.of(key), method, path, body);
    }

    private int status(String method, String path, String body) {
        return office(method, path, body).status();
    }

    private void bound(String more) {
        Got got = server.admin(
                "PATCH",
                "/v1/organizations/" + sub,
                "{\"access\":[{\"application\":\"" + office + "\"" + more + "}]}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private int minted() {
        return status(
                "POST",
                "/v1/applications/" + below + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":{\"gatehouse\":[\"orgs:write\"]}}");
    }

    @Test
    void whoIsDeniedDoesNothingThere() {
        assertThat(minted()).isEqualTo(201);
        bound("");
        assertThat(minted()).isEqualTo(403);
        String org = "/v1/organizations/" + sub;
        assertThat(status("GET", org, "")).isEqualTo(403);
        assertThat(status("GET", "/v1/organizations?parent=" + sub, "")).isEqualTo(403);
        assertThat(status("GET", org + "/applications", "")).isEqualTo(403);
        assertThat(status("GET", "/v1/applications/" + below, "")).isEqualTo(403);
        assertThat(status("POST", "/v1/applications/" + below + "/suspend", "{}")).isEqualTo(403);
        assertThat(status("POST", org + "/suspend", "{}")).isEqualTo(403);
        assertThat(status("PATCH", org, "{\"access\":[]}")).isEqualTo(403);
        assertThat(status("POST", "/v1/organizations", "{\"name\":\"x\",\"parent\":\"" + sub + "\"}"))
                .isEqualTo(403);
        assertThat(status("GET", "/v1/organizations/" + parent, "")).as("at home").isEqualTo(200);
        assertThat(status("GET", "/v1/organizations/" + stranger, ""))
                .as("elsewhere is nothing")
                .isEqualTo(404);
    }

    /// GAUNTLET H04: nobody hands out there what it may not do there.
    @Test
    void whoIsBoundedHandsOutNoMore() {
        String clerk = Setup.role(server, "clerk", List.of("orgs:read", "apps:read", "keys:write"), "gatehouse");
        bound(",\"role\":\"" + clerk + "\"");
        assertThat(minted()).as("more than it may do there").isEqualTo(403);
        assertThat(status(
                        "POST",
                        "/v1/applications/" + below + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":{\"gatehouse\":[\"orgs:read\"]}}"))
                .isEqualTo(201);
        assertThat(status("GET", "/v1/organizations/" + sub, "")).isEqualTo(200);
        assertThat(status("POST", "/v1/organizations/" + sub + "/suspend", "{}")).isEqualTo(403);
    }

    /// What the provider has said is neither taken away nor changed from below it.
    @Test
    void whoIsBelowTheProviderLeavesWhatItSaid() {
        String org = "/v1/organizations/" + sub;
        Got said = server.admin("PATCH", org, "{\"access\":[{\"application\":\"" + application + "\"}]}");
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(status("PATCH", org, "{\"access\":[]}")).isEqualTo(409);
        String entry = said.json().at("/access/0").toString();
        String role = Setup.role(server, "some", List.of("accounts"), "nomba");
        assertThat(status("PATCH", org, "{\"access\":[" + entry.replace("}", ",\"role\":\"" + role + "\"}") + "]}"))
                .as("in the provider's name")
                .isEqualTo(409);
        Got besides = office(
                "PATCH",
                org,
                "{\"access\":[" + entry + ",{\"application\":\"" + application + "\",\"role\":\"" + role + "\"}]}");
        assertThat(besides.status()).as(besides.text()).isEqualTo(200);
        assertThat(besides.json().at("/access/1/by").asString()).isEqualTo(parent);
        assertThat(status("PATCH", org, "{\"access\":[" + entry + "]}")).as("its own").isEqualTo(200);
        assertThat(server.admin("PATCH", org, "{\"access\":[]}").status()).isEqualTo(200);
    }
}
