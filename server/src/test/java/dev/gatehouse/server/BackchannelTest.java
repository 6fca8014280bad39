package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Requests that clients send to people in a back channel, over HTTP (OpenID Connect CIBA Core 1.0, polling).
class BackchannelTest {
    private static final String GRANT = "urn:openid:params:grant-type:ciba";
    private static final String ENDPOINT = "/oauth2/bc-authorize";
    private static final String PAGE = "/oauth2/requests";
    private static final Pattern NAME = Pattern.compile("name=\"request\" value=\"([A-Za-z0-9_-]{43})\"");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;
    private Reader reader;
    private String application = "";
    private String basic = "";
    private String clientId = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        reader = new Reader(server, "orders");
        basic = client("Till", Setup.root(server), "\"" + GRANT + "\",\"refresh_token\"");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A client with these grants; what it authenticates by.
    private String client(String name, String organization, String grants) {
        String role = Setup.role(
                server,
                "role-of-" + name.toLowerCase(Locale.ROOT),
                List.of("things:read", "openid", "offline_access"),
                "orders");
        JsonNode made = Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"grant_types\":[" + grants + "]}");
        application = made.get("id").asString();
        clientId = made.get("client_id").asString();
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        return RunningServer.basic(clientId, secret);
    }

    private Got ask(String form) {
        return server.form("orders", ENDPOINT, form, "Authorization", basic);
    }

    private JsonNode begun(String more) {
        Got got = ask("scope=openid+things%3Aread+offline_access&login_hint=alice" + more);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        return got.json();
    }

    private Got poll(JsonNode request) {
        return poll(request, basic);
    }

    private Got poll(JsonNode request, String as) {
        return server.token(
                "orders",
                "grant_type=" + ExchangeWorld.encode(GRANT) + "&auth_req_id="
                        + request.get("auth_req_id").asString(),
                "Authorization",
                as);
    }

    private static void error(Got got, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo(error);
    }

    /// What is in the list, opened.
    private Got looked() {
        Got list = reader.open(PAGE);
        assertThat(list.status()).isEqualTo(200);
        Matcher name = NAME.matcher(list.text());
        assertThat(name.find()).as(list.text()).isTrue();
        return reader.send(PAGE, "request", name.group(1));
    }

    private Got answered(String decision) {
        reader.signIn(alice);
        looked();
        return reader.send(PAGE, "decision", decision);
    }

    /// Sections 7.1 to 10.1.1.
    @Test
    void aPersonSaysYesToARequest() {
        JsonNode request = begun("&binding_message=Table+12");
        assertThat(request.get("auth_req_id").asString()).matches("gtq_[A-Za-z0-9_-]{43}");
        assertThat(request.get("expires_in").asLong()).isEqualTo(600);
        assertThat(request.get("interval").asLong()).isEqualTo(5);
        error(poll(request), "authorization_pending");
        error(poll(request), "slow_down");
        reader.signIn(alice);
        assertThat(reader.open("/oauth2/account").text()).contains("href=\"/oauth2/requests\"");
        assertThat(reader.open(PAGE).text()).contains("Till", "Table 12");
        Got question = looked();
        assertThat(question.text()).contains("Allow Till?", "See things", "Table 12", "id=\"allow\"", "id=\"deny\"");
        assertThat(reader.send(PAGE, "decision", "allow").text()).contains("Done");
        assertThat(reader.open(PAGE).text()).contains("id=\"none\"");
        clock.advance(Duration.ofSeconds(30));
        Got got = poll(request);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        JsonNode tokens = got.json();
        assertThat(tokens.has("id_token")).isTrue();
        assertThat(tokens.has("refresh_token")).isTrue();
        assertThat(server.call(
                                "orders",
                                "GET",
                                "/things",
                                "Authorization",
                                "Bearer " + tokens.get("access_token").asString())
                        .status())
                .isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));
        error(poll(request), "invalid_grant");
        Got again = ask("scope=openid&id_token_hint=" + tokens.get("id_token").asString());
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        server.admin("POST", "/v1/users/" + alice.id() + "/cut", "{}");
        assertThat(server.call(
                                "orders",
                                "GET",
                                "/things",
                                "Authorization",
                                "Bearer " + tokens.get("access_token").asString())
                        .status())
                .isEqualTo(401);
    }

    /// Section 11.
    @Test
    void aPersonSaysNoOrNothing() {
        JsonNode denied = begun("");
        answered("deny");
        error(poll(denied), "access_denied");
        JsonNode late = begun("&requested_expiry=60");
        assertThat(late.get("expires_in").asLong()).isEqualTo(60);
        assertThat(begun("&requested_expiry=100000").get("expires_in").asLong()).isEqualTo(600);
        clock.advance(Duration.ofSeconds(60));
        error(poll(late), "expired_token");
    }

    /// Sections 7.1 and 13.
    @ParameterizedTest
    @CsvSource({
        "scope=openid, invalid_request",
        "scope=openid&login_hint=alice&id_token_hint=x, invalid_request",
        "scope=openid&login_hint_token=x, invalid_request",
        "scope=openid&login_hint=, invalid_request",
        "login_hint=alice, invalid_scope",
        "scope=things%3Aread&login_hint=alice, invalid_scope",
        "scope=openid&login_hint=nobody, unknown_user_id",
        "scope=openid&id_token_hint=x, unknown_user_id",
        "scope=openid&login_hint=alice&binding_message=+, invalid_binding_message",
        "scope=openid&login_hint=alice&binding_message=a%0Ab, invalid_binding_message",
        "scope=openid&login_hint=alice&binding_message=a%E2%80%AEb, invalid_binding_message",
        "scope=openid&login_hint=alice&binding_message=a%E2%80%A8b, invalid_binding_message",
        "scope=openid&login_hint=alice&requested_expiry=0, invalid_request",
        "scope=openid&login_hint=alice&requested_expiry=x, invalid_request",
        "scope=openid&login_hint=alice&request=x, invalid_request",
        "scope=openid&login_hint=alice&resource=urn%3Ax, invalid_target",
        "scope=openid&login_hint=alice&login_hint=bob, invalid_request"
    })
    void whatIsNoRequestIsRefused(String form, String error) {
        error(ask(form), error);
    }

    @Test
    void aLongMessageIsRefused() {
        error(ask("scope=openid&login_hint=alice&binding_message=" + "x".repeat(65)), "invalid_binding_message");
    }

    /// GAUNTLET B04, C07: it is its client's, its kind's, and of clients that may.
    @Test
    void aRequestIsItsClientsAlone() {
        JsonNode request = begun("");
        String owner = basic;
        String other = client("Other", Setup.root(server), "\"" + GRANT + "\"");
        error(poll(request, other), "invalid_grant");
        String without = client("Without", Setup.root(server), "\"client_credentials\"");
        error(poll(request, without), "unauthorized_client");
        error(
                server.form("orders", ENDPOINT, "scope=openid&login_hint=alice", "Authorization", without),
                "unauthorized_client");
        assertThat(server.form("orders", ENDPOINT, "scope=openid&login_hint=alice&client_id=" + clientId)
                        .status())
                .isEqualTo(401);
        error(
                server.token(
                        "orders",
                        "grant_type=" + ExchangeWorld.encode(GRANT) + "&auth_req_id=gtd_" + "A".repeat(43),
                        "Authorization",
                        owner),
                "invalid_grant");
        error(
                server.token("orders", "grant_type=" + ExchangeWorld.encode(GRANT), "Authorization", owner),
                "invalid_request");
        error(poll(request, owner), "authorization_pending");
    }

    /// Nobody sees or answers what was sent to somebody else, and no client learns of people of others.
    @Test
    void aRequestIsItsPersonsAlone() {
        JsonNode request = begun("");
        Person bob = Person.create(server, "bob", Optional.of(Setup.role(server, "sellers", "orders")));
        reader.signIn(alice);
        Matcher name = NAME.matcher(reader.open(PAGE).text());
        assertThat(name.find()).isTrue();
        reader.cookies().clear();
        reader.signIn(bob);
        assertThat(reader.open(PAGE).text()).contains("id=\"none\"");
        String below = Customer.created(server, "/v1/organizations", "{\"name\":\"below\"}")
                .get("id")
                .asString();
        String foreign = client("Foreign", below, "\"" + GRANT + "\"");
        error(
                server.form("orders", ENDPOINT, "scope=openid&login_hint=alice", "Authorization", foreign),
                "unknown_user_id");
        error(poll(request), "authorization_pending");
    }

    /// The decision is made when it is answered and when it is fetched (GAUNTLET D06).
    @Test
    void whatWasSuspendedMeanwhileGetsNothing() {
        JsonNode request = begun("");
        String path = "/v1/applications/" + application;
        answered("allow");
        server.admin("POST", path + "/hold", "{}");
        assertThat(poll(request).status()).isEqualTo(401);
        server.admin("POST", path + "/lift", "{}");
        server.admin("POST", "/v1/users/" + alice.id() + "/hold", "{}");
        clock.advance(Duration.ofSeconds(30));
        error(poll(request), "invalid_grant");
        server.admin("POST", "/v1/users/" + alice.id() + "/lift", "{}");
        clock.advance(Duration.ofSeconds(30));
        assertThat(poll(request).status()).isEqualTo(200);
    }

    @Test
    void aClientFillsNobodysPage() {
        for (int i = 0; i < 5; i++) {
            begun("");
        }
        assertThat(ask("scope=openid&login_hint=alice").status()).isEqualTo(429);
    }

    /// What does not go together is refused when it is written down.
    @Test
    void publicClientsAndProfilesHaveNone() {
        String path = "/v1/organizations/" + Setup.root(server) + "/applications";
        for (String wrong : List.of(
                "\"token_endpoint_auth_method\":\"none\"",
                "\"token_endpoint_auth_method\":\"private_key_jwt\",\"profile\":\"fapi2\"")) {
            Got got = server.admin("POST", path, "{\"name\":\"w\",\"grant_types\":[\"" + GRANT + "\"]," + wrong + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
    }

    /// Section 4.
    @Test
    void theDocumentSaysWhere() {
        JsonNode document = server.call("orders", "GET", "/.well-known/openid-configuration")
                .json();
        assertThat(document.get("backchannel_authentication_endpoint").asString())
                .isEqualTo(server.base("orders") + ENDPOINT);
        assertThat(document.get("backchannel_token_delivery_modes_supported").toString())
                .isEqualTo("[\"poll\",\"ping\"]");
        assertThat(document.get("grant_types_supported").toString()).contains(GRANT);
    }
}
