package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A client of a user's at an Api of some dialect, and the way of that user's browser through the pages.
///
/// @param clientId of an application of the organization that the user acts in
record CodeFlow(RunningServer server, String clientId, String secret, Person person) {
    static final String REDIRECT = "https://app.example/back";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// @param method how the application proves itself
    static CodeFlow at(RunningServer server, String organization, String role, String method) {
        var made = Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"Till\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":\"" + method
                        + "\",\"grant_types\":[\"authorization_code\",\"refresh_token\"],\"redirect_uris\":[\""
                        + REDIRECT + "\"]}");
        String secret = method.equals("none")
                ? ""
                : Customer.created(
                                server,
                                "/v1/applications/" + NombaFixture.id(made) + "/credentials",
                                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                        .get("secret")
                        .asString();
        return new CodeFlow(
                server, made.get("client_id").asString(), secret, person(server, organization, "clerk", role));
    }

    /// A user at home in this organization, with this role there.
    static Person person(RunningServer server, String organization, String username, String role) {
        String id = NombaFixture.id(Customer.created(
                server, "/v1/organizations/" + organization + "/users", "{\"username\":\"" + username + "\"}"));
        Customer.created(
                server,
                "/v1/organizations/" + organization + "/memberships",
                "{\"user\":\"" + id + "\",\"role\":\"" + role + "\"}");
        String password = "correct horse of " + username;
        assertThat(server.admin("PUT", "/v1/users/" + id + "/password", "{\"password\":\"" + password + "\"}")
                        .status())
                .isBetween(200, 204);
        return new Person(id, username, password);
    }

    /// What the browser brings back to the client that began with this path.
    Map<String, String> allowed(String path) {
        Reader reader = new Reader(server, "orders");
        Got begun = reader.open(path);
        if (begun.status() == 302) {
            reader.follow();
        }
        assertThat(reader.send("/oauth2/sign-in", "username", person.username(), "password", person.password())
                        .status())
                .isEqualTo(303);
        assertThat(reader.follow().status()).isEqualTo(200);
        if (reader.page().text().contains("id=\"allow\"")) {
            reader.send("/oauth2/consent", "decision", "allow"); // only the first time is one asked
        }
        String address = reader.onwards();
        assertThat(address).startsWith(REDIRECT + "?");
        Map<String, String> members = new LinkedHashMap<>();
        for (String pair : address.substring(REDIRECT.length() + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            members.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return members;
    }
}
