package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/// A user at home in the provider's organization, with a password, made through the admin API.
record Person(String id, String username, String password) {
    static Person create(RunningServer server, String username) {
        return create(server, username, Optional.empty());
    }

    /// The same with a role.
    static Person create(RunningServer server, String username, Optional<String> role) {
        String root = Setup.root(server);
        String id = Customer.created(
                        server, "/v1/organizations/" + root + "/users", "{\"username\":\"" + username + "\"}")
                .get("id")
                .asString();
        Customer.created(
                server,
                "/v1/organizations/" + root + "/memberships",
                "{\"user\":\"" + id + "\""
                        + role.map(it -> ",\"role\":\"" + it + "\"").orElse("") + "}");
        String password = "correct horse of " + username;
        assertThat(server.admin("PUT", "/v1/users/" + id + "/password", "{\"password\":\"" + password + "\"}")
                        .status())
                .isBetween(200, 204);
        return new Person(id, username, password);
    }
}
