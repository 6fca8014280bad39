package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where an Infobip session is good: from the address that opened it, and at every Api that takes sessions.
class InfobipSessionTest extends InfobipUsersFixture {
    private int from(String address, String session) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.base("orders") + "/account/1/balance"))
                .header("Authorization", session)
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void itIsTiedToTheAddressThatOpenedIt() throws IOException, InterruptedException {
        String session = session(manager);
        assertThat(from("127.0.0.1", session)).isEqualTo(200);
        assertThat(from("127.0.0.2", session)).isEqualTo(401);
        assertThat(from("127.0.0.1", session))
                .as("it goes on where it was opened")
                .isEqualTo(200);
    }

    @Test
    void oneThatIsUnsafeIsGoodFromAnywhere() throws IOException, InterruptedException {
        Got got = open(manager, ",\"unsafe\":true");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        String session = "IBSSO " + got.json().get("token").asString();
        assertThat(from("127.0.0.1", session)).isEqualTo(200);
        assertThat(from("127.0.0.2", session)).isEqualTo(200);
    }

    @Test
    void oneSessionIsGoodAtSeveralApisUntilItIsClosedAtOneOfThem() {
        Customer.created(server, "/v1/apis", """
                {"name": "voice", "dialect": "infobip", "issuer": "%s", "listener": "parcels", "upstream": "%s",
                 "scopes": {"account-management:manage": {"description": "Account"}},
                 "routes": [{"methods": ["GET"], "path": "/account/1/balance", "any": ["account-management:manage"]}]}
                """.formatted(server.base("parcels"), server.upstreamBase()));
        String role = Customer.created(server, "/v1/organizations/" + Setup.root(server) + "/roles", """
                {"name": "both", "rights": {"infobip": ["account-management:manage"],
                                            "voice": ["account-management:manage"]}}""")
                .get("id")
                .asString();
        Person both = Person.create(server, "both", Optional.of(role));
        String session = session(both);
        assertThat(balance(session).status()).isEqualTo(200);
        assertThat(voice("GET", "/account/1/balance", session).status()).isEqualTo(200);
        assertThat(voice("GET", "/account/1/balance", session(manager)).status())
                .as("a session gives no rights of its own")
                .isEqualTo(403);
        assertThat(voice("DELETE", "/auth/1/session", session).status()).isEqualTo(200);
        unauthorized(balance(session));
    }

    private Got voice(String method, String path, String session) {
        return server.send("parcels", method, path, "", "Authorization", session);
    }
}
