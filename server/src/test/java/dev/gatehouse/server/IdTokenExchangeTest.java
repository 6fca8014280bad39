package dev.gatehouse.server;

import static dev.gatehouse.server.ExchangeWorld.encode;
import static dev.gatehouse.server.ExchangeWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What is had for an ID token (RFC 8693 section 2.1) is had as for every other subject token: for as long as was
/// asked for, and saying what is left.
class IdTokenExchangeTest {
    private static final String TYPE = "&subject_token_type=" + encode("urn:ietf:params:oauth:token-type:id_token");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private BackchannelWorld client;
    private String idToken;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.exchangingApi(server, "orders", "jwt");
        client = new BackchannelWorld(
                server,
                Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders"))),
                "till",
                List.of("things:read", "openid", "tokens:exchange"),
                "\"" + BackchannelWorld.GRANT + "\",\"urn:ietf:params:oauth:grant-type:token-exchange\"",
                "");
        idToken = client.granted().get("id_token").asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got exchanged(String more) {
        return server.token("orders", ExchangeWorld.form(idToken, TYPE + more), "Authorization", client.basic);
    }

    private void change(String member, String json) {
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.set(member, RunningServer.JSON.readTree(json));
        api.remove(List.of("id", "name", "organization"));
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private int call(String token) {
        return server.call("orders", "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1.5", "60s", "9999999999"})
    void aLifeThatIsNoneIsRefused(String life) {
        refused(exchanged("&expires_in=" + life), "invalid_request");
    }

    /// Within what the Api lets clients choose from.
    @ParameterizedTest
    @CsvSource({"'', 900", "&expires_in=, 900", "&expires_in=120, 120", "&expires_in=1, 60", "&expires_in=86400, 900"})
    void aTokenLivesAsLongAsItIsAskedFor(String more, long life) {
        change("tokens", "{\"format\":\"jwt\",\"life_seconds\":900,\"min_life_seconds\":60,\"max_life_seconds\":900}");
        Got got = exchanged(more);
        String token = ExchangeWorld.token(got);
        assertThat(got.json().get("expires_in").asLong()).isEqualTo(life);
        clock.advance(Duration.ofSeconds(life - 1));
        assertThat(call(token)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(call(token)).isEqualTo(401);
    }

    @Test
    void whatIsLeftIsTold() {
        change("limits", "{\"credential\":{\"requests\":1,\"seconds\":3600,\"burst\":2}}");
        assertThat(exchanged("").header("RateLimit")).startsWith("\"credential\";r=1;");
        assertThat(exchanged("").header("RateLimit")).startsWith("\"credential\";r=0;");
        assertThat(exchanged("").status()).isEqualTo(429);
    }
}
