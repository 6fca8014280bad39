package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Users of a customer of Infobip: name and password on each call, sessions, and tokens.
class InfobipUsersTest extends InfobipFixture {
    private static final String PASSWORD = "Grüße an alle 1";

    private String user = "";

    @BeforeEach
    void addUser() {
        user = id("/v1/organizations/" + manager.organization() + "/users", "{\"username\":\"alice\"}");
        String role = Setup.role(server, "accountant", List.of("account-management:manage"), "infobip");
        id(
                "/v1/organizations/" + manager.organization() + "/memberships",
                "{\"user\":\"" + user + "\",\"role\":\"" + role + "\"}");
        Got set = server.admin("PUT", "/v1/users/" + user + "/password", "{\"password\":\"" + PASSWORD + "\"}");
        assertThat(set.status()).as(set.text()).isIn(200, 201);
    }

    private String id(String path, String body) {
        return Customer.created(server, path, body).get("id").asString();
    }

    private Got open(String password, String more) {
        return server.send(
                "orders",
                "POST",
                "/auth/1/session",
                "{\"username\":\"alice\",\"password\":\"" + password + "\"" + more + "}",
                "Content-Type",
                "application/json");
    }

    private String session() {
        Got got = open(PASSWORD, "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().propertyNames()).containsExactly("token");
        return got.json().get("token").asString();
    }

    private Got close(String session) {
        return server.send("orders", "DELETE", "/auth/1/session", "", "Authorization", "IBSSO " + session);
    }

    private static String basic(String password, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString(("alice:" + password).getBytes(charset));
    }

    /// Published clients send both.
    @Test
    void nameAndPasswordOpenACallInEitherEncoding() {
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            assertThat(balance(basic(PASSWORD, charset)).status())
                    .as(charset.name())
                    .isEqualTo(200);
        }
        unauthorized(balance(basic("another password", StandardCharsets.UTF_8)));
        unauthorized(balance(RunningServer.basic("nobody", PASSWORD)));
        Got sms = server.send(
                "orders", "POST", "/sms/3/messages", "{}", "Authorization", basic(PASSWORD, StandardCharsets.UTF_8));
        assertThat(sms.status()).as("not the role's").isEqualTo(403);
    }

    /// Whose address is over its limit has no password looked at.
    @Test
    void openingASessionComesUnderTheLimitOfItsAddressAndClosingItDoesNot() {
        String session = session();
        ObjectNode api =
                (ObjectNode) server.admin("GET", "/v1/apis/infobip", "").json();
        api.set("limits", RunningServer.JSON.readTree("{\"address\":" + LimitsFixture.times(1) + "}"));
        api.remove(List.of("id", "name", "organization"));
        Got limited = server.admin("PUT", "/v1/apis/infobip", api.toString());
        assertThat(limited.status()).as(limited.text()).isEqualTo(200);
        assertThat(balance("IBSSO " + session).status()).isEqualTo(200);
        assertThat(open("another password", "").status()).isEqualTo(429);
        assertThat(open(PASSWORD, "").status()).isEqualTo(429);
        assertThat(close(session).status()).isIn(200, 204);
    }

    @Test
    void aSessionIsOpenedUsedAndClosed() throws IOException {
        String session = session();
        assertThat(session).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(balance("IBSSO " + session).status()).isEqualTo(200);
        server = server.restarted(folder, clock);
        assertThat(balance("IBSSO " + session).status()).isEqualTo(200);
        assertThat(close(session).status()).isEqualTo(200);
        unauthorized(balance("IBSSO " + session));
        unauthorized(close(session));
        unauthorized(balance("IBSSO 2f9b4d31-2d0d-49a8-85f0-9b862bdca394"));
        unauthorized(open("another password", ""));
    }

    /// It took the password alone (GAUNTLET L04).
    @Test
    void aSessionIsNoSignInOnPages() {
        String session = session();
        Setup.openIdApi(server, "parcels", "jwt");
        for (String page : List.of("/oauth2/account", "/oauth2/security")) {
            Reader reader = new Reader(server, "parcels");
            reader.cookies().put("gatehouse-session", session);
            assertThat(reader.open(page).header("Location")).as(page).isEqualTo("/oauth2/sign-in");
            assertThat(reader.cookies()).doesNotContainKey("gatehouse-session");
            assertThat(reader.follow().text()).contains("id=\"sign-in\"");
        }
        assertThat(balance("IBSSO " + session).status()).as("what it is for").isEqualTo(200);
    }

    /// Whoever has one closes it before it opens another.
    @Test
    void aUserHasOneSession() {
        String session = session();
        Got second = open(PASSWORD, "");
        assertThat(second.status()).as(second.text()).isEqualTo(403);
        assertThat(balance("IBSSO " + session).status()).isEqualTo(200);
        assertThat(close(session).status()).isEqualTo(200);
        assertThat(balance("IBSSO " + session()).status()).isEqualTo(200);
    }

    /// How each use prolongs it is shown where sessions are made, on a clock that waits for what is written.
    @Test
    void aSessionThatIsNotUsedForAnHourIsOver() {
        String session = session();
        clock.advance(Duration.ofMinutes(59));
        assertThat(balance("IBSSO " + session).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(66));
        unauthorized(balance("IBSSO " + session));
        assertThat(open(PASSWORD, "").status()).as("it stands in nobody's way").isEqualTo(200);
    }

    @Test
    void aTokenForNameAndPasswordByFormOrQuery() {
        String parameters =
                "grant_type=client_credentials&client_id=alice&client_secret=Gr%C3%BC%C3%9Fe%20an%20alle%201";
        for (boolean query : List.of(true, false)) {
            Got got = server.send(
                    "orders",
                    "POST",
                    "/auth/1/oauth2/token" + (query ? "?" + parameters : ""),
                    query ? "" : parameters,
                    "Authorization",
                    "undefined",
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(got.json().propertyNames()).containsExactly("access_token", "expires_in", "token_type");
            assertThat(got.json().get("expires_in").asInt()).isEqualTo(3600);
            String token = got.json().get("access_token").asString();
            assertThat(balance("Bearer " + token).status()).isEqualTo(200);
            clock.advance(Duration.ofHours(1));
            unauthorized(balance("Bearer " + token));
        }
    }

    /// GAUNTLET D06: whatever stands above a user stops everything that it has.
    @ParameterizedTest
    @ValueSource(strings = {"user", "membership", "organization"})
    void holdingWhatIsAboveStopsPasswordSessionAndToken(String what) {
        String session = session();
        String path = switch (what) {
            case "user" -> "/v1/users/" + user;
            case "organization" -> "/v1/organizations/" + manager.organization();
            default ->
                "/v1/memberships/"
                        + server.admin("GET", "/v1/users/" + user + "/memberships", "")
                                .json()
                                .at("/items/0/id")
                                .asString();
        };
        for (String verb : List.of("suspend", "resume", "revoke")) {
            assertThat(server.admin("POST", path + "/" + verb, "").status()).isEqualTo(200);
            int status = verb.equals("resume") ? 200 : 401;
            assertThat(balance("IBSSO " + session).status()).as(verb).isEqualTo(status);
            assertThat(balance(basic(PASSWORD, StandardCharsets.UTF_8)).status())
                    .as(verb)
                    .isEqualTo(status);
        }
        unauthorized(open(PASSWORD, ""));
    }

    /// Opening one that is refused costs nothing.
    @Test
    void limitsHoldForUsersToo() {
        ObjectNode api =
                (ObjectNode) server.admin("GET", "/v1/apis/infobip", "").json();
        api.remove(List.of("id", "name", "organization"));
        api.set(
                "limits",
                RunningServer.JSON.readTree("{\"credential\":{\"requests\":1,\"seconds\":3600,\"burst\":3}}"));
        assertThat(server.admin("PUT", "/v1/apis/infobip", api.toString()).status())
                .isEqualTo(200);
        String session = session();
        assertThat(open(PASSWORD, "").status()).isEqualTo(403);
        assertThat(balance("IBSSO " + session).status()).isEqualTo(200);
        assertThat(balance(basic(PASSWORD, StandardCharsets.UTF_8)).status()).isEqualTo(200);
        Got over = balance("IBSSO " + session);
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.json().at("/requestError/serviceException/messageId").asString())
                .isEqualTo("TOO_MANY_REQUESTS");
        assertThat(close(session).status()).isEqualTo(200);
    }
}
