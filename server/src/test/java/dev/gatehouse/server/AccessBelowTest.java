package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an organization lets an application of one above do there bounds what that manages, too, by its dialect and
/// by the admin API: wherever the organization, or what belongs to it, is named.
class AccessBelowTest extends NombaFixture {
    private static final List<String> ALL = List.of(
            "orgs:read",
            "orgs:write",
            "apps:read",
            "apps:write",
            "keys:read",
            "keys:write",
            "roles:read",
            "roles:write");

    private static final String OTHER = "6f7b34a5-11d2-4df5-a1a5-3a3d0c9d1a22";

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
                "PATCH", "/v1/organizations/" + sub, "{\"access\":[{\"application\":\"" + office + "\"" + more + "}]}");
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
        assertThat(status("POST", "/v1/applications/" + below + "/suspend", "{}"))
                .isEqualTo(403);
        assertThat(status("POST", org + "/suspend", "{}")).isEqualTo(403);
        assertThat(status("PATCH", org, "{\"access\":[]}")).isEqualTo(403);
        assertThat(status("POST", "/v1/organizations", "{\"name\":\"x\",\"parent\":\"" + sub + "\"}"))
                .isEqualTo(403);
        assertThat(status("GET", "/v1/organizations/" + parent, ""))
                .as("at home")
                .isEqualTo(200);
        assertThat(status("GET", "/v1/organizations/" + stranger, ""))
                .as("elsewhere is nothing")
                .isEqualTo(404);
    }

    private int manage(String verb, String token, String account, String named) {
        return server.send(
                        "orders",
                        "PUT",
                        "/v1/accounts/" + verb + "/" + account,
                        "",
                        "Authorization",
                        "Bearer " + token,
                        "accountId",
                        named)
                .status();
    }

    /// What bounds a key at an account counts where that is what it manages, too, not only where the call is
    /// for it.
    @Test
    void whoIsDeniedDoesNotManageTheAccountEither() {
        String token = token(parent);
        String below =
                id(Customer.created(server, "/v1/organizations", "{\"name\":\"East 2\",\"parent\":\"" + sub + "\"}"));
        Customer.created(
                server,
                "/v1/organizations/" + parent + "/applications",
                "{\"name\":\"Other\",\"client_id\":\"" + OTHER + "\"}");
        Got denied = server.admin(
                "PATCH", "/v1/organizations/" + sub, "{\"access\":[{\"application\":\"" + application + "\"}]}");
        assertThat(denied.status()).as(denied.text()).isEqualTo(200);
        for (String account : List.of(sub, below)) {
            assertThat(manage("suspend", token, account, parent)).isEqualTo(403);
            assertThat(manage("reactivate", token, account, parent)).isEqualTo(403);
            refused(
                    server.send(
                            "orders",
                            "PUT",
                            "/v1/accounts/" + account + "/access",
                            "{\"grantType\":\"deny\",\"clientId\":\"" + OTHER + "\"}",
                            "Authorization",
                            "Bearer " + token,
                            "accountId",
                            parent),
                    403,
                    "403",
                    "Forbidden");
        }
        assertThat(server.admin("PATCH", "/v1/organizations/" + sub, "{\"access\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(manage("suspend", token, sub, parent)).isEqualTo(200);
        assertThat(manage("reactivate", token, sub, parent))
                .as("what is held is managed")
                .isEqualTo(200);
    }

    /// GAUNTLET H04: nobody hands out there what it may not do there.
    @Test
    void whoIsBoundedHandsOutNoMore() {
        String clerk = Setup.role(
                server, "clerk", List.of("orgs:read", "apps:read", "keys:write", "roles:write"), "gatehouse");
        bound(",\"role\":\"" + clerk + "\"");
        assertThat(minted()).as("more than it may do there").isEqualTo(403);
        assertThat(status(
                        "POST",
                        "/v1/applications/" + below + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":{\"gatehouse\":[\"orgs:read\"]}}"))
                .isEqualTo(201);
        String roles = "/v1/organizations/" + sub + "/roles";
        assertThat(status("POST", roles, "{\"name\":\"a\",\"rights\":{\"gatehouse\":[\"orgs:write\"]}}"))
                .as("nor by a role")
                .isEqualTo(403);
        Got weak = office("POST", roles, "{\"name\":\"b\",\"rights\":{\"gatehouse\":[\"orgs:read\"]}}");
        assertThat(weak.status()).as(weak.text()).isEqualTo(201);
        assertThat(status(
                        "PATCH",
                        "/v1/roles/" + id(weak.json()),
                        "{\"rights\":{\"gatehouse\":[\"orgs:write\"]},\"version\":"
                                + weak.json().get("version").asLong() + "}"))
                .isEqualTo(403);
        assertThat(status("GET", "/v1/organizations/" + sub, "")).isEqualTo(200);
        assertThat(status("POST", "/v1/organizations/" + sub + "/suspend", "{}"))
                .isEqualTo(403);
    }

    /// Who is between does not edit what the provider bounds others by.
    @Test
    void anOrganizationBoundsByRolesOfItsOwnOrOfOneAbove() {
        String own = id(Customer.created(
                server,
                "/v1/organizations/" + parent + "/roles",
                "{\"name\":\"parents\",\"rights\":{\"nomba\":[\"accounts\"]}}"));
        String entry = "{\"access\":[{\"application\":\"" + application + "\",\"role\":\"" + own + "\"}]}";
        assertThat(server.admin("PATCH", "/v1/organizations/" + sub, entry).status())
                .isEqualTo(409);
        assertThat(status("PATCH", "/v1/organizations/" + sub, entry)).isEqualTo(200);
    }

    /// GAUNTLET H05: nobody lifts what bounds itself by changing what it is bounded by; others may.
    @Test
    void theRoleThatBoundsAnApplicationIsNotItsToChange() {
        Got made = office(
                "POST",
                "/v1/organizations/" + parent + "/roles",
                "{\"name\":\"bounding\",\"rights\":{\"gatehouse\":[\"orgs:read\"]}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String role = "/v1/roles/" + id(made.json());
        Got free = office("PATCH", role, "{\"rights\":{\"gatehouse\":[\"orgs:read\",\"apps:read\"]}}");
        assertThat(free.status()).as(free.text()).isEqualTo(200);
        String other = Customer.created(
                        server,
                        "/v1/applications/"
                                + id(Customer.created(
                                        server,
                                        "/v1/organizations/" + parent + "/applications",
                                        "{\"name\":\"Other\",\"role\":\""
                                                + Setup.role(server, "other-office", ALL, "gatehouse") + "\"}"))
                                + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        Got bound = server.admin(
                Secret.of(other),
                "PATCH",
                "/v1/organizations/" + sub,
                "{\"access\":[{\"application\":\"" + office + "\",\"role\":\"" + id(made.json()) + "\"}]}");
        assertThat(bound.status()).as(bound.text()).isEqualTo(200);
        assertThat(minted()).isEqualTo(403);
        long version = free.json().get("version").asLong();
        String wider = "{\"rights\":{\"gatehouse\":[\"orgs:read\",\"orgs:write\",\"keys:write\"]},\"version\":"
                + version + "}";
        for (String method : List.of("PATCH", "PUT")) {
            Got got = office(method, role, wider);
            assertThat(got.status()).as(got.text()).isEqualTo(403);
        }
        assertThat(status("DELETE", role, "")).isEqualTo(403);
        assertThat(minted()).isEqualTo(403);
        Got others = server.admin(Secret.of(other), "PATCH", role, wider);
        assertThat(others.status()).as(others.text()).isEqualTo(200);
        assertThat(minted()).as("whom it does not bound").isEqualTo(201);
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
        assertThat(status("PATCH", org, "{\"access\":[" + entry + "]}"))
                .as("its own")
                .isEqualTo(200);
        assertThat(server.admin("PATCH", org, "{\"access\":[]}").status()).isEqualTo(200);
    }

    /// What was said before sayers were written down stays so when something else is changed beside it.
    @Test
    void whatNobodyIsKnownToHaveSaidStaysSo() {
        bound("");
        StoredRows.change(server.database(), "UPDATE organization SET access_by = ''");
        String org = "/v1/organizations/" + sub;
        String entry = "{\"application\":\"" + office + "\"}";
        assertThat(server.admin("GET", org, "").json().at("/access/0").toString())
                .isEqualTo(entry);
        Got besides =
                server.admin("PATCH", org, "{\"access\":[" + entry + ",{\"application\":\"" + application + "\"}]}");
        assertThat(besides.status()).as(besides.text()).isEqualTo(200);
        assertThat(besides.json().at("/access/0").toString()).isEqualTo(entry);
        assertThat(besides.json().at("/access/1").has("by")).isTrue();
    }
}
