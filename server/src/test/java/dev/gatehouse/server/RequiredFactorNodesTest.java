package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What one node is told of second factors holds at the other from the receipt on, for tokens that this one took a
/// moment ago.
class RequiredFactorNodesTest {
    @TempDir
    Path folder;

    private final Postgres.Database database = Postgres.database();
    private final TestClock clock = new TestClock(Instant.now());
    private RunningServer server;
    private RunningServer second;
    private Landing client;
    private JsonNode alone;
    private JsonNode both;

    private RunningServer opened(String name) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        return RunningServer.with(own, clock, """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(
                        folder.resolve("keys.json"), database.url(), database.user(), database.password()));
    }

    @BeforeEach
    void start() throws IOException {
        server = opened("1");
        Setup.openIdApi(server, "orders", "sealed");
        Optional<String> role = Optional.of(Setup.role(server, "buyers", "orders"));
        client = Landing.open(server);
        SureLogin logins = new SureLogin(server, client, page -> AuthenticatorApp.scanning(page, clock));
        alone = logins.byPassword(Person.create(server, "alice", role));
        both = logins.byBoth(Person.create(server, "bob", role));
        second = opened("2");
    }

    @AfterEach
    void stop() {
        client.close();
        second.close();
        server.close();
    }

    private void goes(int password) {
        for (RunningServer node : new RunningServer[] {second, server}) {
            assertThat(SureLogin.called(node, alone)).isEqualTo(password);
            assertThat(SureLogin.called(node, both)).isEqualTo(200);
        }
    }

    private void rows(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement running = connection.createStatement()) {
            running.executeUpdate(statement);
        }
    }

    /// A node of a release before goes on as if nobody had said anything, so nobody says it while one is live, or
    /// may come back: what was declared out joins again by itself. This one never beats, so it is declared out at
    /// some time.
    @ParameterizedTest
    @ValueSource(strings = {"live", "out"})
    void nothingIsSaidThatANodeDoesNotKnow(String state) throws SQLException {
        rows("INSERT INTO node (id, boot, beat, applied, state, version) VALUES (7, 7, 7, '1:1:', '" + state + "', 1)");
        String root = "/v1/organizations/" + Setup.root(server);
        for (RunningServer.Got refused : new RunningServer.Got[] {
            server.admin("PATCH", root, "{\"second_factor\":\"required\"}"),
            server.admin("POST", "/v1/organizations", "{\"name\":\"Shop\",\"second_factor\":\"required\"}"),
            Setup.secondFactorAt(server, "orders", "\"required\""),
            second.admin(
                    server.key(),
                    "POST",
                    "/v1/identity-providers",
                    "{\"name\":\"company\",\"issuer\":\"https://id.example.com\",\"client_id\":\"gatehouse\","
                            + "\"apis\":[\"orders\"],\"client_secret\":\"a secret of the provider\"}")
        }) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.text()).contains("nodes of an earlier release").contains(new Id(Kind.NODE, 7).text());
        }
        goes(200);
        rows("UPDATE node SET state = 'left' WHERE id = 7");
        Setup.secondFactor(server, "\"required\"");
        goes(401);
    }

    /// Where it was wanted before the upgrade people go on during it: a node of before cannot read what says that
    /// somebody had shown two factors, so no token says it until the last such node has left.
    @Test
    void whatSaysNothingGoesOnUntilAllNodesCanSayIt() throws Exception {
        Setup.secondFactor(server, "\"required\"");
        second.close();
        rows("INSERT INTO node (id, boot, beat, applied, state, version) VALUES (7, 7, 7, '1:1:', 'out', 1)");
        second = opened("3");
        JsonNode meanwhile =
                client.refresh(second, both.get("refresh_token").asString()).json();
        assertThat(SureLogin.called(second, meanwhile)).isEqualTo(200);
        assertThat(SureLogin.called(server, meanwhile))
                .as("where all knew it once")
                .isEqualTo(401);
        assertThat(client.refresh(second, alone.get("refresh_token").asString()).status())
                .as("the yes itself says how it was given")
                .isEqualTo(400);
        rows("UPDATE node SET state = 'left' WHERE id = 7");
        String root = "/v1/organizations/" + Setup.root(server);
        assertThat(second.admin(server.key(), "PATCH", root, "{\"second_factor\":\"required\"}")
                        .status())
                .as("with the reply the node has seen that it left")
                .isEqualTo(200);
        assertThat(SureLogin.called(second, meanwhile)).isEqualTo(401);
        JsonNode after = client.refresh(second, meanwhile.get("refresh_token").asString())
                .json();
        for (RunningServer node : new RunningServer[] {second, server}) {
            assertThat(SureLogin.called(node, after)).isEqualTo(200);
        }
    }

    @Test
    void noPasswordGoesOnAtTheOtherNode() {
        goes(200);
        Setup.secondFactor(server, "\"required\"");
        goes(401);
        Setup.secondFactor(server, "null");
        goes(200);
        assertThat(Setup.secondFactorAt(server, "orders", "\"required\"").status())
                .isEqualTo(200);
        goes(401);
    }
}
