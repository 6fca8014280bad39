package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;

/// Applications that an operator writes down to be answered with tokens.
record ImplicitClients(ConformanceSuite suite) {
    /// What they say.
    static final String TERMS = "\"grant_types\":[\"implicit\"],\"response_types\":[\"id_token token\",\"id_token\"]";

    /// One with these members besides; its `secret` is its id here.
    Client made(String terms, String... more) {
        Got got = write(terms, more);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return new Client(
                got.json().get("client_id").asString(), got.json().get("id").asString(), "");
    }

    /// What comes of writing one down, with the redirect URI of the suite where the terms have none.
    Got write(String terms, String... more) {
        String root = "/v1/organizations/" + Setup.root(suite.server);
        String role = suite.server
                .admin("GET", root + "/roles", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("name").asString().equals("suite"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        String redirects =
                terms.contains("redirect_uris") ? "" : ",\"redirect_uris\":[\"" + ConformanceSuite.REDIRECT + "\"]";
        return suite.server.admin(
                "POST",
                root + "/applications",
                "{\"name\":\"Page\",\"role\":\"" + role + "\"," + terms + redirects + String.join("", more) + "}");
    }
}
