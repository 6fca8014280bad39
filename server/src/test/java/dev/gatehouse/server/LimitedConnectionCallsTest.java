package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Limits of calls that go through connections.
class LimitedConnectionCallsTest {
    @TempDir
    Path folder;

    private FakePlatform platform;
    private RunningServer server;
    private Connected connected;
    private String connection;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        server = RunningServer.with(folder, new TestClock(Instant.now()), platform.config(folder));
        connected = Connected.create(server);
        connection = connected.connected(server, "key", "crm", "\"key\":\"" + FakePlatform.KEY + "\"");
        limitFirstRoute();
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
    }

    private void limitFirstRoute() {
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        ((ObjectNode) api.get("routes").get(0)).set("rate", RunningServer.JSON.readTree(LimitsFixture.times(1)));
        api.remove(List.of("id", "name", "organization"));
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @Test
    void aRouteHasItsRateAndItsConnection() {
        assertThat(server.admin("GET", "/v1/apis/orders", "")
                        .json()
                        .get("routes")
                        .get(0)
                        .propertyNames())
                .contains("rate", "connection");
    }

    @Test
    void thePlatformIsNotAskedForWhatIsTooMuch() {
        Got first = connected.get(server, connection, "/contacts");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.header("RateLimit")).startsWith("\"route\";r=0;");
        LimitsFixture.tooMany(connected.get(server, connection, "/contacts"));
        assertThat(platform.calls()).hasSize(1);
    }

    /// Nobody tries names for nothing.
    @Test
    void aConnectionThatIsNotThereCostsAsMuchAsOneThatIs() {
        Got got = connected.get(server, "conn_0000000000000", "/contacts");
        assertThat(got.status()).isEqualTo(404);
        assertThat(got.header("RateLimit")).startsWith("\"route\";r=0;");
        LimitsFixture.tooMany(connected.get(server, "conn_0000000000000", "/contacts"));
    }

    @Test
    void whatCannotBeServedAndAskedNobodyIsGivenBack() {
        StoredRows.change(server.database(), "UPDATE connection SET sealed = x'00112233445566778899'");
        for (int i = 0; i < 3; i++) {
            assertThat(connected.get(server, connection, "/contacts").status()).isEqualTo(503);
        }
    }

    /// The platform has been asked, whatever became of renewing the token.
    @Test
    void aCallThatWasSentIsChargedThoughItsTokenIsNotRenewed() {
        String renewed = connected.connected(
                server, "oauth_internal", "other", "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"");
        platform.expire();
        platform.mood(FakePlatform.Mood.FAILS);
        assertThat(connected.get(server, renewed, "/contacts").status()).isEqualTo(503);
        LimitsFixture.tooMany(connected.get(server, renewed, "/contacts"));
        assertThat(platform.calls()).hasSize(1);
    }

    @Test
    void aConnectionThatIsNotActiveCostsAsMuchAsOneThatIs() {
        assertThat(server.admin("POST", "/v1/connections/" + connection + "/suspend", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(connected.get(server, connection, "/contacts").status()).isEqualTo(424);
        LimitsFixture.tooMany(connected.get(server, connection, "/contacts"));
    }
}
