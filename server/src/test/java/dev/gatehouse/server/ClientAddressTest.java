package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GAUNTLET K02 at the gateway: `X-Forwarded-For` of a trusted peer tells the client, for calls and for tokens;
/// nobody else's does, and upstreams see what was believed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientAddressTest {
    @TempDir
    static Path folder;

    private RunningServer server;
    private String key = "";
    private String basic = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                new TestClock(),
                "name: behind, serves: api, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: elsewhere, serves: api, trusted-proxies: [10.0.0.0/24]");
        Setup.api(server, "orders", "jwt");
        Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
        key = restricted(customer, "api_key");
        basic = RunningServer.basic(customer.clientId(), restricted(customer, "secret"));
    }

    private String restricted(Customer customer, String kind) {
        return Customer.created(
                        server,
                        "/v1/applications/" + customer.application() + "/credentials",
                        "{\"kind\":\"" + kind
                                + "\",\"name\":\"r\",\"scopes\":\"role\",\"addresses\":[\"192.0.2.0/24\"]}")
                .get("secret")
                .asString();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{1} at {0}: {2}")
    @CsvSource({
        "behind,'X-Forwarded-For: 192.0.2.7',200",
        "behind,'x-forwarded-for: 203.0.113.9, 192.0.2.7, 10.0.0.3',200",
        "behind,'X-Forwarded-For: 192.0.2.7, 203.0.113.9',401",
        "behind,'X-Forwarded-For: 192.0.2.7, 203.0.113.9, 10.0.0.3',401",
        "behind,'X-Forwarded-For: 10.0.0.3',401",
        "behind,'X-Forwarded-For: evil',400",
        "behind,'X-Forwarded-For: 192.0.2.7, evil',400",
        "behind,'X-Forwarded-For:',400",
        "behind,'X-Forwarded-For: 192.0.2.7:80',400",
        "behind,'X_Forwarded_For: 192.0.2.7',401",
        "behind,'X-Real-IP: 192.0.2.7',401",
        "behind,'Forwarded: for=192.0.2.7',401",
        "behind,'X-Other: a',401",
        "elsewhere,'X-Forwarded-For: 192.0.2.7',401",
        "elsewhere,'X-Forwarded-For: evil',401",
        "orders,'X-Forwarded-For: 192.0.2.7',401",
    })
    void onlyATrustedPeerNamesTheClient(String listener, String header, int status) {
        String call = "GET /things HTTP/1.1\r\nHost: orders.example\r\n" + header + "\r\nAuthorization: Bearer ";
        var answer = server.rawText(listener, call + key + "\r\n\r\n", false);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.body())
                    .contains("[\"X-Forwarded-For\",\"192.0.2.7\"]")
                    .doesNotContain("203.0.113.9");
        }
        String form = "grant_type=client_credentials";
        var token = server.rawText(
                listener,
                "POST /oauth2/token HTTP/1.1\r\nHost: orders.example\r\n" + header + "\r\nAuthorization: " + basic
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form,
                false);
        assertThat(token.status()).as(token.body()).isEqualTo(status);
    }
}
