package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/// A user, at home in the provider's organization where no other is named, with a password, made through the
/// admin API.
record Person(String id, String username, String password) {
    static Person create(RunningServer server, String username) {
        return create(server, username, Optional.empty());
    }

    /// The same with a role.
    static Person create(RunningServer server, String username, Optional<String> role) {
        return create(server, Setup.root(server), username, role);
    }

    /// The same at home in another organization.
    static Person create(RunningServer server, String home, String username, Optional<String> role) {
        String id = Customer.created(
                        server, "/v1/organizations/" + home + "/users", "{\"username\":\"" + username + "\"}")
                .get("id")
                .asString();
        Customer.created(
                server,
                "/v1/organizations/" + home + "/memberships",
                "{\"user\":\"" + id + "\""
                        + role.map(it -> ",\"role\":\"" + it + "\"").orElse("") + "}");
        String password = "correct horse of " + username;
        assertThat(server.admin("PUT", "/v1/users/" + id + "/password", "{\"password\":\"" + password + "\"}")
                        .status())
                .isBetween(200, 204);
        return new Person(id, username, password);
    }
}
