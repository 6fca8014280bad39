package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An application that asks, and a person with a browser.
final class ConsentWorld implements AutoCloseable {
    static final String SCOPES = "openid offline_access things:read";

    final TestClock clock = new TestClock();
    final RunningServer server;
    Landing client;
    final Person alice;
    final Reader reader;

    ConsentWorld(Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
        reader = new Reader(server, "orders");
    }

    Got signIn() {
        return reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
    }

    /// From the request to the question.
    void begin(String scopes) {
        reader.open(client.request(scopes, ""));
        assertThat(signIn().status()).isEqualTo(303);
        assertThat(reader.follow().status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("id=\"allow\"", "id=\"deny\"");
    }

    /// Answers the question, and what the application gets then.
    Map<String, String> decide(String decision) {
        Got got = reader.send("/oauth2/consent", "decision", decision);
        assertThat(got.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        return client.answer(reader.onwards());
    }

    /// Says yes, and what the application redeems.
    JsonNode tokens() {
        Got got = client.redeem(decide("allow").get("code"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    int call(JsonNode tokens) {
        return server.call(
                        "orders",
                        "GET",
                        "/things",
                        "Authorization",
                        "Bearer " + tokens.get("access_token").asString())
                .status();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
