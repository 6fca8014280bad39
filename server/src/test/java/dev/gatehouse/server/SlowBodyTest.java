package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A token request whose body takes its time is answered under what holds when the body is there.
class SlowBodyTest {
    private static final String FORM = "grant_type=client_credentials";

    @TempDir
    Path folder;

    private RunningServer server;
    private Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theApiIsTheOneOfNow() throws IOException {
        try (RawClient client = headSent()) {
            replaced("{\"things:read\": {\"description\": \"r\"}}");
            RawClient.Answer answer = client.send(FORM).answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode token = RunningServer.JSON.readTree(answer.body());
            assertThat(token.get("expires_in").asInt()).isEqualTo(60);
            assertThat(token.get("scope").asString()).isEqualTo("things:read");
        }
    }

    @Test
    void theClientIsTheOneOfNow() throws IOException {
        try (RawClient client = headSent()) {
            var got = server.admin("POST", "/v1/applications/" + customer.application() + "/suspend", "{}");
            assertThat(got.status()).isEqualTo(200);
            assertThat(client.send(FORM).answer().status()).isEqualTo(401);
        }
    }

    /// The server asks for the body only after it has read and judged the head.
    private RawClient headSent() throws IOException {
        RawClient client = server.connect("orders");
        client.send("POST /oauth2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nAuthorization: "
                + RunningServer.basic(customer.clientId(), customer.secret())
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + FORM.length()
                + "\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(100);
        return client;
    }

    private void replaced(String scopes) {
        long version =
                server.admin("GET", "/v1/apis/orders", "").json().get("version").asLong();
        var got = server.admin("PUT", "/v1/apis/orders", """
                {"version": %d, "issuer": "%s", "listener": "orders", "tokens": {"format": "jwt", "life_seconds": 60},
                 "scopes": %s}
                """.formatted(version, server.base("orders"), scopes));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }
}
