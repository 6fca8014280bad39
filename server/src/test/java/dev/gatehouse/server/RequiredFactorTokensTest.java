package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Access tokens that are out when somebody begins to want a second factor: from the receipt on those go by which
/// were granted in a login by two, and no others (GAUNTLET L04; law 3).
class RequiredFactorTokensTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Landing client;
    private JsonNode alone;
    private JsonNode both;

    private void start(String format) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", format);
        Optional<String> role = Optional.of(Setup.role(server, "buyers", "orders"));
        client = Landing.open(server);
        SureLogin logins = new SureLogin(server, client, page -> AuthenticatorApp.scanning(page, clock));
        alone = logins.byPassword(Person.create(server, "alice", role));
        both = logins.byBoth(Person.create(server, "bob", role));
        went(200, 200);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void went(int password, int code) {
        assertThat(SureLogin.called(server, alone)).as("by a password alone").isEqualTo(password);
        assertThat(SureLogin.called(server, both)).as("by two factors").isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void noneOfAPasswordAloneOutlivesWhatItsOrganizationWants(String format) throws IOException {
        start(format);
        Setup.secondFactor(server, "\"required\"");
        went(401, 200);
        assertThat(client.refresh(alone.get("refresh_token").asString()).status())
                .isEqualTo(400);
        JsonNode next = client.refresh(both.get("refresh_token").asString()).json();
        assertThat(SureLogin.called(server, next)).isEqualTo(200);
        Setup.secondFactor(server, "null");
        went(200, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void norWhatTheApiWants(String format) throws IOException {
        start(format);
        assertThat(Setup.secondFactorAt(server, "orders", "\"required\"")
                        .json()
                        .get("second_factor")
                        .asString())
                .isEqualTo("required");
        went(401, 200);
        assertThat(client.refresh(alone.get("refresh_token").asString()).status())
                .isEqualTo(400);
        Reader reader = new Reader(server, "orders");
        reader.signIn("alice", "correct horse of alice");
        assertThat(reader.page().text()).contains("action=\"/oauth2/second-factor/set-up");
        assertThat(server.admin("GET", "/v1/audit?limit=5", "").text()).contains("second_factor");
        assertThat(Setup.secondFactorAt(server, "orders", "null").json().has("second_factor"))
                .isFalse();
        went(200, 200);
        assertThat(Setup.secondFactorAt(server, "orders", "\"maybe\"").status()).isEqualTo(400);
    }

    /// Whoever becomes a member where it is wanted acts there with two, and elsewhere as before.
    @Test
    void itIsOfTheOrganizationThatSomebodyActsIn() throws IOException {
        start("jwt");
        String shop = Customer.created(
                        server, "/v1/organizations", "{\"name\":\"Shop\",\"second_factor\":\"required\"}")
                .get("id")
                .asString();
        Person carol = Person.create(server, shop, "carol", Optional.empty());
        went(200, 200);
        Reader reader = new Reader(server, "orders");
        reader.signIn(carol);
        assertThat(reader.page().text()).contains("action=\"/oauth2/second-factor/set-up");
    }

    /// RFC 9068 section 2.2.1: what its services read in a token is what holds.
    @Test
    void tokensSayIt() throws IOException {
        start("jwt");
        assertThat(payload(both).get("acr").asString()).isEqualTo("2");
        assertThat(payload(alone).has("acr")).isFalse();
    }

    private static JsonNode payload(JsonNode tokens) {
        String[] parts = tokens.get("access_token").asString().split("\\.", -1);
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    }

    /// The provider's staff: it is asked of people who act at Gatehouse's own Api as of those at any other (ADR
    /// 0044), and keys administer on.
    @Test
    void gatehouseItselfWantsItOfPeople() throws IOException {
        start("jwt");
        JsonNode own = server.admin("GET", "/v1/apis/gatehouse", "").json();
        assertThat(own.get("second_factor").asString()).isEqualTo("required");
    }
}
