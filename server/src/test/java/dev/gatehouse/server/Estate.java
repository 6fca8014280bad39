package dev.gatehouse.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One customer's things, one of each kind, made through the admin API: by the prefix of their ids.
record Estate(RunningServer server, String name, Map<String, String> ids) {
    /// A customer below an organization.
    static Estate below(RunningServer server, String parent, String name) {
        Map<String, String> ids = new LinkedHashMap<>();
        Estate estate = new Estate(server, name, ids);
        ids.put("org", estate.made("/v1/organizations", "\"parent\":\"" + parent + "\""));
        String rights = "\"rights\":{\"orders\":[\"things:read\",\"things:write\"]}";
        String applied = estate.made("/v1/organizations/" + ids.get("org") + "/roles", rights, "-applied");
        ids.put("role", estate.made("/v1/organizations/" + ids.get("org") + "/roles", rights));
        ids.put(
                "app",
                estate.made("/v1/organizations/" + ids.get("org") + "/applications", "\"role\":\"" + applied + "\""));
        ids.put(
                "cred",
                estate.made(
                        "/v1/applications/" + ids.get("app") + "/credentials",
                        "\"kind\":\"api_key\",\"scopes\":\"role\""));
        estate.addCustomer();
        estate.addConnection();
        estate.addConnectSession();
        estate.addUsers(applied);
        estate.member(parent, estate.id("user"), "");
        return estate;
    }

    /// The things that the provider itself stands on.
    static Estate provider(RunningServer server) {
        JsonNode whoami = server.admin("GET", "/v1/whoami", "").json();
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("org", whoami.at("/organization/id").asString());
        ids.put("role", whoami.at("/role/id").asString());
        ids.put("app", whoami.at("/application/id").asString());
        ids.put("cred", whoami.at("/credential/id").asString());
        Estate estate = new Estate(server, "provider", ids);
        estate.addCustomer();
        estate.addConnection();
        estate.addConnectSession();
        estate.addUsers(estate.id("role"));
        return estate.withSession();
    }

    /// A user who is a member of no organization of this estate, and the membership of another, with a key.
    private void addUsers(String role) {
        ids.put("user", user("u-"));
        ids.put("memb", member(organization(), user("m-"), ",\"role\":\"" + role + "\""));
        made("/v1/memberships/" + id("memb") + "/credentials", "\"kind\":\"api_key\",\"scopes\":\"role\"");
    }

    /// With an open session of the user. Apart, because stretching the password takes longer than all the rest.
    Estate withSession() {
        if (ids.containsKey("sess")) {
            return this;
        }
        String password = server.admin(
                        "PUT", "/v1/users/" + id("user") + "/password", "{\"password\":\"a password of its own\"}")
                .json()
                .get("id")
                .asString();
        ids.put("sess", SessionRow.insert(server, id("user"), id("memb"), organization(), password));
        return this;
    }

    private String member(String organization, String user, String more) {
        return made(
                "/v1/organizations/" + organization + "/memberships",
                Optional.of("{\"user\":\"" + user + "\"" + more + "}"));
    }

    private String user(String prefix) {
        return made(
                "/v1/organizations/" + organization() + "/users",
                Optional.of("{\"username\":\"" + prefix + organization() + "\"}"));
    }

    private void addCustomer() {
        ids.put(
                "cust",
                made("/v1/organizations/" + organization() + "/customers", Optional.of("{\"name\":\"" + name + "\"}")));
    }

    /// At a platform whose file has no call to try a credential by.
    private void addConnection() {
        String connection = "\"platform\":\"Atlassian\",\"kind\":\"oauth_external\","
                + "\"credential\":{\"access_token\":\"a-token-of-their-own\"}";
        ids.put("conn", made("/v1/organizations/" + organization() + "/connections", connection));
    }

    /// A connect session that nobody has taken. One is begun where a node has a client at a platform; what is
    /// shown of it is read from the database.
    private void addConnectSession() {
        ids.put("csess", ConnectSessionRow.insert(server, organization()));
    }

    /// With an Api of its own that signs its tokens, and one of its keys.
    Estate withApi() {
        if (!ids.containsKey("api")) {
            String issuer = "\"issuer\":\"https://" + name + ".example.com\",\"tokens\":{\"format\":\"jwt\"}";
            ids.put("api", made("/v1/apis", issuer));
            ids.put("key", made("/v1/apis/" + ids.get("api") + "/keys/prepare", Optional.empty()));
        }
        return this;
    }

    /// With an identity provider of the installation, and the user linked to it.
    Estate withProvider() {
        if (!ids.containsKey("idp")) {
            String members = "\"issuer\":\"https://" + name + ".idp.example\",\"client_id\":\"gatehouse\","
                    + "\"client_secret\":\"a-secret-of-theirs\",\"apis\":[\"orders\"]";
            ids.put("idp", made("/v1/identity-providers", members));
            IdentityRow.insert(server, id("user"), organization(), id("idp"));
        }
        return this;
    }

    String id(String prefix) {
        return Optional.ofNullable(ids.get(prefix))
                .orElseThrow(() -> new AssertionError(
                        "an Estate has no id that begins with " + prefix + "_ yet; make one for the tests"));
    }

    String organization() {
        return id("org");
    }

    private String made(String path, String members) {
        return made(path, members, "");
    }

    private String made(String path, String members, String suffix) {
        return made(path, Optional.of("{\"name\":\"" + name + suffix + "\"," + members + "}"));
    }

    private String made(String path, Optional<String> body) {
        return Customer.created(server, path, body.orElse("")).get("id").asString();
    }
}
