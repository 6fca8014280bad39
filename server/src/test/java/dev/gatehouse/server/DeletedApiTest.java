package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An Api that is deleted while the body of a request for it is still under way.
class DeletedApiTest {
    private static final String FORM = "grant_type=client_credentials";
    private static final Map<String, String> DATA = Map.of("token", "t", "action", "create");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"})
    void answersNothingAnyMore(String path) throws IOException {
        try (RunningServer server = RunningServer.start(folder, new TestClock())) {
            Setup.api(server, "orders", "jwt");
            Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
            String authorization =
                    "Authorization: " + RunningServer.basic(customer.clientId(), customer.secret()) + "\r\n";
            deletedMeanwhile(server, path, authorization, FORM + "&token=t");
        }
    }

    @Test
    void answersNothingInItsDialectEither() throws IOException {
        try (RunningServer server = RunningServer.start(folder, new TestClock())) {
            Customer.created(server, "/v1/apis", """
                    {"name": "orders", "dialect": "sfs", "issuer": "%s", "listener": "orders", "upstream": "%s",
                     "scopes": {"contracts": {"description": "Contracts"}}, "routes": []}
                    """.formatted(server.base("orders"), server.upstreamBase()));
            deletedMeanwhile(server, "/api/token", "", RunningServer.JSON.writeValueAsString(Map.of("data", DATA)));
        }
    }

    /// Who expects 100 (Continue) is told so once its head has been looked at.
    private static void deletedMeanwhile(RunningServer server, String path, String headers, String body)
            throws IOException {
        try (RawClient client = server.connect("orders")) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers
                    + "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: "
                    + body.length() + "\r\n\r\n");
            assertThat(client.answer(true).status()).isEqualTo(100);
            assertThat(server.admin("DELETE", "/v1/apis/orders", "").status()).isEqualTo(200);
            assertThat(client.send(body).answer().status()).isEqualTo(421);
        }
    }
}
