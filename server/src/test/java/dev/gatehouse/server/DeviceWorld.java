package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A television, and a person with a browser.
final class DeviceWorld implements AutoCloseable {
    static final String ENDPOINT = "/oauth2/device_authorization";
    static final String PAGE = "/oauth2/device";
    static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    final TestClock clock = new TestClock();
    final RunningServer server;
    final Person alice;
    final String television;
    final Reader reader;

    DeviceWorld(Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        television = Setup.deviceClient(server, "Television", "[\"" + GRANT + "\",\"refresh_token\"]");
        reader = new Reader(server, "orders");
    }

    Got ask(String form) {
        return server.form("orders", ENDPOINT, form);
    }

    /// What the television is told.
    JsonNode begun() {
        return begun("things:read offline_access");
    }

    JsonNode begun(String scope) {
        Got got = ask(
                "client_id=" + television + "&scope=" + scope.replace(" ", "+").replace(":", "%3A"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        return got.json();
    }

    Got poll(JsonNode device) {
        return poll(device, television);
    }

    Got poll(JsonNode device, String clientId, String... headers) {
        return server.token(
                "orders",
                "grant_type=" + GRANT.replace(":", "%3A") + "&client_id=" + clientId + "&device_code="
                        + device.get("device_code").asString(),
                headers);
    }

    String error(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        return got.json().get("error").asString();
    }

    /// Types a code into the page.
    Got type(String code) {
        reader.open(PAGE);
        return reader.send(PAGE, "user_code", code);
    }

    /// Signs in, types the code and says yes or no.
    Got decide(JsonNode device, String decision) {
        reader.signIn(alice);
        Got question = type(device.get("user_code").asString());
        assertThat(question.text()).contains("Allow Television?", "id=\"allow\"", "id=\"deny\"");
        return reader.send(PAGE, "decision", decision);
    }

    @Override
    public void close() {
        server.close();
    }
}
