package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long tokens of Send For Sign live: half an hour, or what the request, the application or the Api says.
class SendForSignLifespanTest {
    private static final String KEY = "sfs-life-key";
    private static final String SECRET = "sfs-life-secret-of-many-letters";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String application = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", """
                {"name": "sfs", "dialect": "sfs", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "tokens": {"format": "sealed", "life_seconds": 1800, "min_life_seconds": 60, "max_life_seconds": 7200},
                 "scopes": {"contracts": {"description": "Contracts"}, "tokens:delegate": {"description": "Clients"}},
                 "routes": [{"methods": ["POST"], "path": "/api/contract", "any": ["contracts"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        String role = Setup.role(server, "sfs", List.of("contracts", "tokens:delegate"), "sfs");
        String organization = id("/v1/organizations", "{\"name\":\"Acme\"}");
        application = id(
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"Acme\",\"client_id\":\"" + KEY + "\",\"role\":\"" + role + "\"}");
        id(
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + SECRET + "\"}");
        id("/v1/organizations/" + organization + "/customers", "{\"name\":\"client-1\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String id(String path, String body) {
        return Customer.created(server, path, body).get("id").asString();
    }

    private Got token(String data, String... headers) {
        Got got =
                server.send("orders", "POST", "/api/token", "{\"data\":{\"action\":\"create\"," + data + "}}", headers);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got;
    }

    private Got platform(String more) {
        return token(
                "\"apiKey\":\"" + KEY + "\",\"secret\":\"" + SECRET + "\"" + more, "Content-Type", "application/json");
    }

    private static int life(Got got) {
        return got.json().get("expires_in").asInt();
    }

    private int call(Got issued) {
        String bearer = "Bearer " + issued.json().get("access_token").asString();
        return server.send("orders", "POST", "/api/contract", "{\"data\":{}}", "Authorization", bearer)
                .status();
    }

    @Test
    void aRequestGetsTheLifeThatItAsksForWithinTheBounds() {
        assertThat(life(platform(""))).isEqualTo(1800);
        assertThat(life(platform(",\"expires_in\":3600"))).isEqualTo(3600);
        assertThat(life(platform(",\"expires_in\":99999"))).isEqualTo(7200);
        assertThat(life(platform(",\"expires_in\":1"))).isEqualTo(60);
        assertThat(life(platform(",\"expires_in\":9223372036854775807"))).isEqualTo(7200);
        Got brief = platform(",\"expires_in\":60");
        assertThat(call(brief)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(61));
        assertThat(call(brief)).isEqualTo(401);
    }

    /// GAUNTLET N04.
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3600.5", "1e3", "\"soon\"", "99999999999999999999"})
    void whatIsNoNumberOfSecondsIsRefused(String number) {
        String platform = "{\"data\":{\"action\":\"create\",\"apiKey\":\"" + KEY + "\",\"secret\":\"" + SECRET
                + "\",\"expires_in\":" + number + "}}";
        Got got = server.send("orders", "POST", "/api/token", platform, "Content-Type", "application/json");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        Got client = server.send(
                "orders",
                "POST",
                "/api/token",
                "{\"data\":{\"action\":\"create\",\"clientKey\":\"client-1\",\"expires_in\":" + number + "}}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + platform("").json().get("access_token").asString());
        assertThat(client.status()).as(client.text()).isEqualTo(400);
    }

    @Test
    void anApplicationHasALifeOfItsOwn() {
        assertThat(server.admin("PATCH", "/v1/applications/" + application, "{\"token_life_seconds\":900}")
                        .status())
                .isEqualTo(200);
        assertThat(life(platform(""))).isEqualTo(900);
    }

    @Test
    void aClientTokenLivesNoLongerThanThePlatforms() {
        Got platform = platform(",\"expires_in\":600");
        String[] headers = {
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + platform.json().get("access_token").asString()
        };
        assertThat(life(token("\"clientKey\":\"client-1\",\"expires_in\":120", headers)))
                .isEqualTo(120);
        assertThat(life(token("\"clientKey\":\"client-1\",\"expires_in\":3600", headers)))
                .isEqualTo(600);
    }
}
