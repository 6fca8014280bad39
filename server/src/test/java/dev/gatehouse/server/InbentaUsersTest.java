package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Users' personal secrets, beside the secret of an application: the token acts for the user.
class InbentaUsersTest {
    private static final String NOT_A_SECRET = "Invalid user personal secret";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String acme = "";
    private String application = "";
    private String secretId = "";
    private String secret = "";
    private Member alice;

    /// A user with a secret of one of its memberships.
    private record Member(String user, String membership, String secretId, String secret) {}

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", """
                {"name": "inbenta", "dialect": "inbenta", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "products": {"chatbot": "https://api.example.com/prod/chatbot", "knowledge": "https://api.example.com/prod/knowledge"},
                 "scopes": {"chatbot": {"description": "Chatbot"}, "knowledge": {"description": "Knowledge"},
                            "openid": {"description": "Who the user is"}},
                 "routes": [{"methods": ["*"], "path": "/prod/chatbot/**", "any": ["chatbot"]},
                            {"methods": ["*"], "path": "/prod/knowledge/**", "any": ["knowledge"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        String both = Setup.role(server, "both", List.of("chatbot", "knowledge"), "inbenta");
        String one = Setup.role(server, "one", List.of("chatbot"), "inbenta");
        acme = id(Customer.created(server, "/v1/organizations", "{\"name\":\"acme\"}"));
        application = id(Customer.created(
                server,
                "/v1/organizations/" + acme + "/applications",
                "{\"name\":\"bot\",\"client_id\":\"acme-key\",\"role\":\"" + both + "\"}"));
        JsonNode made = Customer.created(
                server,
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}");
        secretId = id(made);
        secret = made.get("secret").asString();
        alice = member("alice", acme, acme, one);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String id(JsonNode noun) {
        return noun.get("id").asString();
    }

    private Member member(String name, String home, String organization, String role) {
        String user =
                id(Customer.created(server, "/v1/organizations/" + home + "/users", "{\"username\":\"" + name + "\"}"));
        String membership = id(Customer.created(
                server,
                "/v1/organizations/" + organization + "/memberships",
                "{\"user\":\"" + user + "\",\"role\":\"" + role + "\"}"));
        JsonNode made = Customer.created(
                server,
                "/v1/memberships/" + membership + "/credentials",
                "{\"kind\":\"user_secret\",\"name\":\"personal\",\"scopes\":\"role\"}");
        return new Member(user, membership, id(made), made.get("secret").asString());
    }

    private Got auth(String secret, String user) {
        return server.send(
                "orders",
                "POST",
                "/v1/auth",
                "{\"secret\":\"" + secret + "\",\"user_personal_secret\":\"" + user + "\"}",
                "x-inbenta-key",
                "acme-key",
                "Content-Type",
                "application/json");
    }

    private String token() {
        Got got = auth(secret, alice.secret());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("accessToken").asString();
    }

    private Got send(String method, String path, String token) {
        return server.send("orders", method, path, "", "x-inbenta-key", "acme-key", "Authorization", "Bearer " + token);
    }

    private int call(String token) {
        return send("GET", "/prod/chatbot/v1/talk", token).status();
    }

    private static void refused(Got got, int status, String message) {
        assertThat(got.text()).isEqualTo("{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}");
        assertThat(got.status()).isEqualTo(status);
    }

    @Test
    void theWholeStory() throws IOException {
        assertThat(alice.secret()).startsWith("ghu_live_");
        Got got = auth(secret, alice.secret());
        assertThat(got.json().propertyNames()).containsExactly("accessToken", "expiration", "expires_in", "apis");
        assertThat(got.json().get("apis").toString())
                .as("what both may do")
                .isEqualTo("{\"chatbot\":\"https://api.example.com/prod/chatbot\"}");
        String token = got.json().get("accessToken").asString();
        Got call = send("GET", "/prod/chatbot/v1/talk", token);
        assertThat(call.status()).as(call.text()).isEqualTo(200);
        assertThat(call.text())
                .contains(alice.user())
                .contains(application)
                .contains("acme-key")
                .doesNotContain(alice.secret());
        assertThat(send("GET", "/prod/knowledge/v1/search", token).status()).isEqualTo(403);
        refused(send("POST", "/v1/refreshToken", token), 400, "Secret token not valid");

        server = server.restarted(folder, clock);
        assertThat(call(token)).isEqualTo(200);
        assertThat(server.send(
                                "orders",
                                "GET",
                                "/prod/chatbot/v1/talk",
                                "",
                                "x-inbenta-key",
                                alice.user(),
                                "Authorization",
                                "Bearer " + token)
                        .status())
                .as("it goes by the key that it was issued to")
                .isEqualTo(403);
        String second = token();
        Got revoked = server.admin("POST", "/v1/credentials/" + alice.secretId() + "/revoke", "{}");
        assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
        assertThat(call(token)).isEqualTo(403);
        assertThat(call(second)).isEqualTo(403);
        refused(auth(secret, alice.secret()), 422, NOT_A_SECRET);
        assertThat(server.send(
                                "orders",
                                "POST",
                                "/v1/auth",
                                "{\"secret\":\"" + secret + "\"}",
                                "x-inbenta-key",
                                "acme-key")
                        .status())
                .as("the application goes on")
                .isEqualTo(200);
    }

    /// Everything above a user's token, of the user and of the application, and what each may have done to it
    /// (GAUNTLET D06, H09).
    @ParameterizedTest
    @CsvSource({
        "users, suspend, 422", "users, revoke, 422", "users, cut, 200",
        "memberships, suspend, 422", "memberships, revoke, 422", "memberships, cut, 200",
        "user_secret, suspend, 422", "user_secret, revoke, 422", "user_secret, cut, 200",
        "secret, suspend, 400", "secret, revoke, 400", "secret, cut, 200",
        "applications, suspend, 400", "applications, revoke, 400", "applications, cut, 200",
        "organizations, suspend, 400", "organizations, revoke, 400", "organizations, cut, 200"
    })
    void whateverStopsAboveStopsTheTokenAtOnce(String noun, String verb, int afterwards) {
        String token = token();
        assertThat(call(token)).isEqualTo(200);
        String path = switch (noun) {
            case "users" -> "users/" + alice.user();
            case "memberships" -> "memberships/" + alice.membership();
            case "user_secret" -> "credentials/" + alice.secretId();
            case "secret" -> "credentials/" + secretId;
            case "applications" -> "applications/" + application;
            default -> "organizations/" + acme;
        };
        Got done = server.admin("POST", "/v1/" + path + "/" + verb, "{}");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(call(token)).isEqualTo(403);
        assertThat(auth(secret, alice.secret()).status()).isEqualTo(afterwards);
        if (verb.equals("suspend")) {
            assertThat(server.admin("POST", "/v1/" + path + "/resume", "{}").status())
                    .isEqualTo(200);
            assertThat(call(token)).as("exactly what was there").isEqualTo(200);
        }
    }

    @Test
    void aUserActsThroughApplicationsOfItsOrganizationAndThoseAbove() {
        String role = Setup.role(server, "another", List.of("chatbot"), "inbenta");
        String below =
                id(Customer.created(server, "/v1/organizations", "{\"name\":\"below\",\"parent\":\"" + acme + "\"}"));
        assertThat(auth(secret, member("bob", acme, below, role).secret()).status())
                .isEqualTo(200);
        String foreign = id(Customer.created(server, "/v1/organizations", "{\"name\":\"foreign\"}"));
        for (Member other :
                List.of(member("carol", foreign, foreign, role), member("dave", acme, Setup.root(server), role))) {
            refused(auth(secret, other.secret()), 403, "User has no rights for instance");
        }
        String nothing = Setup.role(server, "nothing", List.of("knowledge"), "inbenta");
        Member eve = member("eve", acme, acme, nothing);
        Got allowed = auth(secret, eve.secret());
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(server.admin("PATCH", "/v1/memberships/" + eve.membership(), "{\"role\":null}")
                        .status())
                .isEqualTo(200);
        refused(auth(secret, eve.secret()), 403, "User has no rights for instance");
        assertThat(send(
                                "GET",
                                "/prod/knowledge/v1/search",
                                allowed.json().get("accessToken").asString())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoSecretOfAUserIsNone() {
        for (String wrong :
                List.of("u", secret, alice.secret() + "x", alice.secret().toUpperCase(Locale.ROOT))) {
            refused(auth(secret, wrong), 422, NOT_A_SECRET);
        }
        refused(auth("wrong", alice.secret()), 400, "Secret token not valid");
        refused(auth(alice.secret(), alice.secret()), 400, "Secret token not valid");
        refused(
                server.send(
                        "orders",
                        "POST",
                        "/v1/auth",
                        "{\"secret\":\"" + alice.secret() + "\"}",
                        "x-inbenta-key",
                        alice.user()),
                400,
                "Secret token not valid");
    }

    /// Its end comes with the first of both windows.
    @Test
    void theTokenEndsWithTheSecretOfTheUser() {
        String end = clock.instant().plusSeconds(300).toString();
        Got patched = server.admin("PATCH", "/v1/credentials/" + alice.secretId(), "{\"expires_at\":\"" + end + "\"}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        Got got = auth(secret, alice.secret());
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(300);
        clock.advance(Duration.ofMinutes(5));
        refused(auth(secret, alice.secret()), 422, NOT_A_SECRET);
    }

    @Test
    void bothAreHeldToTheirRestrictions() {
        Got patched =
                server.admin("PATCH", "/v1/credentials/" + alice.secretId(), "{\"addresses\":[\"192.0.2.0/24\"]}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        refused(auth(secret, alice.secret()), 422, NOT_A_SECRET);
        server.admin("PATCH", "/v1/credentials/" + alice.secretId(), "{\"addresses\":null}");
        String token = token();
        server.admin("PATCH", "/v1/credentials/" + secretId, "{\"addresses\":[\"192.0.2.0/24\"]}");
        assertThat(call(token)).isEqualTo(403);
    }

    @Test
    void anApplicationHasNoSecretOfAUser() {
        Got got = server.admin(
                "POST",
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"user_secret\",\"name\":\"u\",\"scopes\":\"role\"}");
        assertThat(got.status()).isEqualTo(400);
    }

    /// Nobody tries users' secrets by an application that is stopped.
    @Test
    void aStoppedApplicationLearnsNothingOfUsers() {
        assertThat(server.admin("POST", "/v1/applications/" + application + "/suspend", "{}")
                        .status())
                .isEqualTo(200);
        Got good = auth(secret, alice.secret());
        Got bad = auth(secret, "ghu_live_none");
        assertThat(good.status()).isNotEqualTo(200);
        assertThat(bad.text()).isEqualTo(good.text()).doesNotContain(NOT_A_SECRET);
        assertThat(bad.status()).isEqualTo(good.status());
    }
}
