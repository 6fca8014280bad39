package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 8628, as a device and the person before it see it.
class DeviceTest {
    private static final String ENDPOINT = "/oauth2/device_authorization";
    private static final String PAGE = "/oauth2/device";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;
    private String television;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        television = Setup.deviceClient(server, "Television", "[\"" + GRANT + "\",\"refresh_token\"]");
        reader = new Reader(server, "orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got ask(String form) {
        return server.form("orders", ENDPOINT, form);
    }

    private JsonNode begun() {
        return begun("things:read offline_access");
    }

    private JsonNode begun(String scope) {
        Got got = ask(
                "client_id=" + television + "&scope=" + scope.replace(" ", "+").replace(":", "%3A"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        return got.json();
    }

    private Got poll(JsonNode device) {
        return poll(device, television);
    }

    private Got poll(JsonNode device, String clientId, String... headers) {
        return server.token(
                "orders",
                "grant_type=" + GRANT.replace(":", "%3A") + "&client_id=" + clientId + "&device_code="
                        + device.get("device_code").asString(),
                headers);
    }

    private String error(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        return got.json().get("error").asString();
    }

    private Got type(String code) {
        reader.open(PAGE);
        return reader.send(PAGE, "user_code", code);
    }

    private Got decide(JsonNode device, String decision) {
        reader.signIn(alice);
        Got question = type(device.get("user_code").asString());
        assertThat(question.text()).contains("Allow Television?", "id=\"allow\"", "id=\"deny\"");
        return reader.send(PAGE, "decision", decision);
    }

    /// Sections 3.1 to 3.5.
    @Test
    void aPersonSaysYesToADevice() {
        JsonNode device = begun();
        assertThat(device.get("device_code").asString()).matches("gtd_[A-Za-z0-9_-]{43}");
        assertThat(device.get("user_code").asString()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        String page = server.base("orders") + PAGE;
        assertThat(device.get("verification_uri").asString()).isEqualTo(page);
        assertThat(device.get("verification_uri_complete").asString())
                .isEqualTo(page + "?user_code=" + device.get("user_code").asString());
        assertThat(device.get("expires_in").asLong()).isEqualTo(600);
        assertThat(device.get("interval").asLong()).isEqualTo(5);
        assertThat(error(poll(device))).isEqualTo("authorization_pending");
        reader.signIn(alice);
        Got question =
                type(device.get("user_code").asString().toLowerCase(Locale.ROOT).replace('-', ' '));
        assertThat(question.text())
                .contains(
                        "Allow Television?",
                        "See things",
                        "shows the code " + device.get("user_code").asString());
        assertThat(reader.send(PAGE, "decision", "allow").text()).contains("Done");
        clock.advance(Duration.ofSeconds(6));
        Got got = poll(device);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("scope").asString()).isEqualTo("offline_access things:read");
        assertThat(server.call(
                                "orders",
                                "GET",
                                "/things",
                                "Authorization",
                                "Bearer " + got.json().get("access_token").asString())
                        .status())
                .isEqualTo(200);
        Got next = server.token(
                "orders",
                "grant_type=refresh_token&client_id=" + television + "&refresh_token="
                        + got.json().get("refresh_token").asString());
        assertThat(next.status()).as(next.text()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(6));
        assertThat(error(poll(device))).as("once").isEqualTo("invalid_grant");
        assertThat(reader.open("/oauth2/account").text()).contains("Television");
    }

    @Test
    void whoeverAsksTooSoonIsToldSo() {
        JsonNode device = begun();
        assertThat(error(poll(device))).isEqualTo("authorization_pending");
        assertThat(error(poll(device))).isEqualTo("slow_down");
        clock.advance(Duration.ofSeconds(6));
        assertThat(error(poll(device))).as("five seconds more from now on").isEqualTo("slow_down");
        clock.advance(Duration.ofSeconds(16));
        assertThat(error(poll(device))).isEqualTo("authorization_pending");
    }

    @Test
    void aPersonSaysNo() {
        JsonNode device = begun();
        assertThat(decide(device, "deny").text()).contains("Not allowed");
        assertThat(error(poll(device))).isEqualTo("access_denied");
        assertThat(type(device.get("user_code").asString()).status()).isEqualTo(400);
    }

    @Test
    void nobodyAnswersInTime() {
        JsonNode device = begun();
        clock.advance(Duration.ofSeconds(601));
        assertThat(error(poll(device))).isEqualTo("expired_token");
        reader.signIn(alice);
        assertThat(type(device.get("user_code").asString()).text()).contains("No device waits with this code");
    }

    @Test
    void aYesInTheLastMomentCounts() {
        JsonNode device = begun();
        clock.advance(Duration.ofSeconds(598));
        assertThat(decide(device, "allow").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(5));
        assertThat(poll(device).status()).isEqualTo(200);
    }

    @Test
    void aYesIsFetchedSoon() {
        JsonNode device = begun();
        clock.advance(Duration.ofSeconds(598));
        assertThat(decide(device, "allow").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(61));
        assertThat(error(poll(device))).isEqualTo("invalid_grant");
    }

    /// Nobody fills the room of a client that anybody can use from a few addresses.
    @Test
    void oneAddressHasFewDevicesWait() {
        String form = "client_id=" + television + "&scope=things%3Aread";
        int waiting = 0;
        while (ask(form).status() == 200) {
            waiting++;
            assertThat(waiting).isLessThan(DeviceStore.MAX_WAITING / 20);
        }
        assertThat(ask(form).status()).isEqualTo(429);
        assertThat(waiting).isGreaterThanOrEqualTo(10);
    }

    @Test
    void whoTriesCodesLeavesATrace() {
        reader.signIn(alice);
        try (LogTap log = new LogTap()) {
            assertThat(type("BBBB-BBBB").status()).isEqualTo(400);
            server.close();
            assertThat(log.text()).contains("unknown_device");
        }
    }

    /// Section 3.3.1: the person signs in first, and compares the code.
    @Test
    void aLinkWithTheCodeInItAsksAllTheSame() {
        JsonNode device = begun("openid");
        String typed = device.get("user_code").asString();
        Got signIn = reader.open(PAGE + "?user_code=" + typed);
        assertThat(signIn.text()).contains("id=\"sign-in\"");
        assertThat(reader.send("/oauth2/sign-in", "username", "alice", "password", "wrong")
                        .status())
                .isEqualTo(403);
        assertThat(reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password())
                        .header("Location"))
                .isEqualTo(PAGE + "?user_code=" + typed);
        assertThat(reader.follow().text()).contains("value=\"" + typed + "\"").doesNotContain("Television");
        assertThat(reader.send(PAGE, "user_code", typed).text()).contains("Allow Television?", typed);
        assertThat(reader.send(PAGE, "decision", "allow").text()).contains("Done");
        Got got = poll(device);
        assertThat(got.json().get("id_token").asString()).contains(".");
        assertThat(got.json().has("refresh_token")).isFalse();
    }

    @Test
    void anAnswerCountsOnce() {
        JsonNode device = begun();
        reader.signIn(alice);
        type(device.get("user_code").asString());
        String yes = reader.form("decision", "allow");
        String no = reader.form("decision", "deny");
        assertThat(reader.post(PAGE, yes).text()).contains("Done");
        assertThat(reader.post(PAGE, yes).status()).isEqualTo(400);
        assertThat(reader.post(PAGE, no).status()).isEqualTo(400);
        assertThat(poll(device).status()).isEqualTo(200);
    }

    /// GAUNTLET J02, L06.
    @Test
    void anotherLoginCannotAnswer() {
        Person bob = Person.create(server, "bob", Optional.of(Setup.role(server, "others", "orders")));
        JsonNode device = begun();
        reader.signIn(alice);
        type(device.get("user_code").asString());
        String yes = reader.form("decision", "allow");
        Reader other = new Reader(server, "orders");
        other.signIn(bob);
        other.open(PAGE);
        String mixed = other.form() + yes.substring(yes.indexOf("&ask="));
        assertThat(other.post(PAGE, yes).status()).as("another's form").isEqualTo(403);
        assertThat(other.post(PAGE, mixed).status()).as("another's question").isEqualTo(400);
        assertThat(reader.post(PAGE, yes, "Origin", "https://evil.example").status())
                .isEqualTo(403);
        assertThat(error(poll(device))).isEqualTo("authorization_pending");
    }

    /// GAUNTLET L02: counted before anything is looked up.
    @Test
    void codesAreNotTriedOut() {
        reader.signIn(alice);
        int tries = 0;
        while (type("BBBB-BBBB").status() == 400) {
            tries++;
            assertThat(tries).isLessThan(100);
        }
        assertThat(reader.page().status()).isEqualTo(429);
        assertThat(Long.parseLong(reader.page().header("Retry-After"))).isPositive();
        assertThat(tries).isGreaterThanOrEqualTo(10);
    }

    /// GAUNTLET B04, C07.
    @Test
    void whoMayNotAndWhatIsNoCode() {
        String other = Setup.deviceClient(server, "Page", "[\"authorization_code\"]");
        assertThat(error(ask("client_id=" + other))).isEqualTo("unauthorized_client");
        assertThat(ask("client_id=nobody").status()).isEqualTo(401);
        assertThat(ask("scope=openid").status()).isEqualTo(401);
        assertThat(server.call("orders", "GET", ENDPOINT).status()).isEqualTo(405);
        assertThat(error(ask("client_id=" + television + "&scope=%22"))).isEqualTo("invalid_scope");
        assertThat(error(ask("client_id=" + television + "&resource=https%3A%2F%2Felse.example")))
                .isEqualTo("invalid_target");
        JsonNode device = begun();
        String second = Setup.deviceClient(server, "Radio", "[\"" + GRANT + "\"]");
        assertThat(error(poll(device, second))).isEqualTo("invalid_grant");
        assertThat(error(poll(device, other))).isEqualTo("unauthorized_client");
        String code = device.get("device_code").asString();
        for (String form : List.of(
                "grant_type=authorization_code&client_id=" + other + "&code=" + code + "&code_verifier="
                        + Landing.VERIFIER,
                "grant_type=refresh_token&client_id=" + television + "&refresh_token=" + code,
                "grant_type=" + GRANT + "&client_id=" + television + "&device_code=" + code + "x",
                "grant_type=" + GRANT + "&client_id=" + television + "&device_code="
                        + device.get("user_code").asString())) {
            assertThat(error(server.token("orders", form))).as(form).isEqualTo("invalid_grant");
        }
        assertThat(error(server.token("orders", "grant_type=" + GRANT + "&client_id=" + television)))
                .isEqualTo("invalid_request");
        assertThat(error(poll(device))).as("which left it as it was").isEqualTo("authorization_pending");
    }

    /// GAUNTLET G01: what the person saw is what there is.
    @Test
    void noMoreIsGrantedThanWasAsked() {
        JsonNode device = begun("things:read things:admin");
        assertThat(decide(device, "allow").text()).contains("Done");
        assertThat(poll(device).json().get("scope").asString()).isEqualTo("things:read");
    }

    /// GAUNTLET D06.
    @Test
    void whoeverIsStoppedMeanwhileGivesNothing() {
        JsonNode device = begun();
        decide(device, "allow");
        assertThat(server.admin("POST", "/v1/users/" + alice.id() + "/suspend", "")
                        .status())
                .isEqualTo(200);
        assertThat(error(poll(device))).isEqualTo("invalid_grant");
    }

    /// RFC 9449 section 5.
    @Test
    void theTokenIsBoundToTheKeyThatTheDeviceProves() {
        JsonNode device = begun();
        decide(device, "allow");
        ProofKey key = ProofKey.draw();
        Got got = poll(
                device,
                television,
                "DPoP",
                key.proof("POST", server.base("orders") + "/oauth2/token", clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
        Got refreshed = server.token(
                "orders",
                "grant_type=refresh_token&client_id=" + television + "&refresh_token="
                        + got.json().get("refresh_token").asString());
        assertThat(error(refreshed)).as("the refresh token is bound too").isIn("invalid_grant", "invalid_dpop_proof");
    }

    @Test
    void theDocumentSaysWhere() {
        JsonNode document = server.call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("device_authorization_endpoint").asString())
                .isEqualTo(server.base("orders") + ENDPOINT);
        assertThat(document.get("grant_types_supported").toString()).contains(GRANT);
    }
}
