package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A person who is signed in proves more of itself: the login goes on as the same one, under another string
/// (ADR 0051, GAUNTLET L03).
class StepUpTest {
    private static final String SESSION = "gatehouse-session";
    private static final String ACCOUNT = "/oauth2/account";
    private static final String SECURITY = "/oauth2/security";
    private static final String SCOPES = "openid things:read";
    private static final String WISH = "&acr_values=2";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;
    private Landing client;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
        reader = new Reader(server, "orders");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /// An app, set up in another browser, in a login that is over.
    private AuthenticatorApp app() {
        Reader other = new Reader(server, "orders");
        other.signIn(alice);
        other.open(SECURITY);
        other.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(other.page().text(), clock);
        other.send(SECURITY, "code", app.code());
        other.open(ACCOUNT);
        other.send(ACCOUNT, "end-all", "yes");
        clock.advance(Duration.ofSeconds(30));
        return app;
    }

    /// One factor, in a login from before the app: setting one up keeps the login that does.
    private AuthenticatorApp byPassword() {
        reader.signIn(alice);
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SECURITY, "code", app.code()).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));
        return app;
    }

    private JsonNode tokens() {
        if (reader.page().text().contains("id=\"allow\"")) {
            reader.send("/oauth2/consent", "decision", "allow");
        }
        return client.redeem(client.answer(
                                reader.page().status() == 303 ? reader.page().header("Location") : reader.onwards())
                        .get("code"))
                .json();
    }

    private static JsonNode said(JsonNode tokens) {
        String part = tokens.get("id_token").asString().split("\\.", -1)[1];
        return RunningServer.JSON.readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    /// Password and code, where a client or a page asks for them.
    private Got proven(AuthenticatorApp app) {
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        return reader.send("/oauth2/second-factor", "code", app.code());
    }

    private String logins() {
        return server.admin("GET", "/v1/users/" + alice.id() + "/sessions", "").text();
    }

    private int called(JsonNode tokens) {
        String token = tokens.get("access_token").asString();
        return server.call("orders", "GET", "/oauth2/userinfo", "Authorization", "Bearer " + token)
                .status();
    }

    @Test
    void whoeverShowsMoreGoesOnInTheSameLogin() {
        AuthenticatorApp app = byPassword();
        reader.open(client.request(SCOPES, ""));
        JsonNode weak = tokens();
        String cookie = reader.cookies().get(SESSION);
        String before = logins();

        reader.open(client.request(SCOPES, WISH));
        assertThat(reader.page().text()).as("asked again").contains("id=\"sign-in\"");
        assertThat(proven(app).status()).isEqualTo(303);
        reader.follow();
        JsonNode sure = tokens();

        assertThat(said(weak).get("acr").asString()).isEqualTo("1");
        assertThat(said(sure).get("acr").asString()).isEqualTo("2");
        assertThat(said(sure).get("amr").toString()).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
        assertThat(said(sure).get("sid"))
                .as("one login for applications")
                .isEqualTo(said(weak).get("sid"));
        assertThat(said(sure).get("auth_time").asLong())
                .isGreaterThan(said(weak).get("auth_time").asLong());
        assertThat(reader.open(ACCOUNT).text().split("name=\"end-session\"", -1))
                .as("one login on the page")
                .hasSize(2);
        assertThat(logins().split("\"sess_", -1)).hasSameSizeAs(before.split("\"sess_", -1));
        assertThat(reader.cookies().get(SESSION)).as("another string").isNotEqualTo(cookie);
        assertThat(called(weak)).as("what was granted goes on").isEqualTo(200);

        Reader planted = new Reader(server, "orders");
        planted.cookies().put(SESSION, cookie);
        assertThat(planted.open(ACCOUNT).header("Location"))
                .as("the string of before opens nothing")
                .isEqualTo("/oauth2/sign-in");

        reader.open(ACCOUNT);
        reader.send("/oauth2/account", "end-session", said(sure).get("sid").asString());
        assertThat(called(sure)).as("ends with the login").isEqualTo(401);
    }

    /// Grants of before and after end together, and the trail tells the one login.
    @Test
    void oneSignOutEndsAll() {
        AuthenticatorApp app = byPassword();
        reader.open(client.request(SCOPES, ""));
        JsonNode weak = tokens();
        reader.open(client.request(SCOPES, WISH));
        proven(app);
        reader.follow();
        JsonNode sure = tokens();
        reader.open("/oauth2/sign-out");
        reader.send("/oauth2/sign-out", "decision", "sign-out");
        assertThat(called(weak)).isEqualTo(401);
        assertThat(called(sure)).isEqualTo(401);
        assertThat(server.admin("GET", "/v1/audit?limit=200", "").text()).contains("session.renew", "pwd otp mfa");
    }

    /// A form that was open before is over, as the string is.
    @Test
    void aFormOfBeforeIsOver() {
        AuthenticatorApp app = byPassword();
        reader.open(ACCOUNT);
        String form = reader.form("end-all", "yes");
        reader.open(client.request(SCOPES, WISH));
        proven(app);
        assertThat(reader.post(ACCOUNT, form).status()).isEqualTo(403);
        assertThat(reader.open(ACCOUNT).status()).as("still signed in").isEqualTo(200);
    }

    /// Somebody else in the same browser takes nothing over.
    @Test
    void anotherPersonOpensALoginOfItsOwn() {
        reader.signIn(alice);
        reader.open(client.request(SCOPES, ""));
        JsonNode tokens = tokens();
        Person bob = Person.create(server, "bob", Optional.of(Setup.role(server, "sellers", "orders")));
        clock.advance(Duration.ofSeconds(1));
        reader.open(client.request(SCOPES, "&prompt=login"));
        reader.send("/oauth2/sign-in", "username", bob.username(), "password", bob.password());
        reader.follow();
        assertThat(said(tokens()).get("sid")).isNotEqualTo(said(tokens).get("sid"));
        assertThat(called(tokens)).as("alice is signed out").isEqualTo(401);
    }

    /// A login that ended while its person was asked for more is not brought back.
    @Test
    void whatEndedMeanwhileStaysOver() {
        AuthenticatorApp app = app();
        assertThat(reader.signIn(alice).text()).contains("id=\"verify\"");
        reader.send("/oauth2/second-factor", "code", app.code());
        reader.open(client.request(SCOPES, ""));
        JsonNode first = tokens();
        clock.advance(Duration.ofSeconds(30));
        reader.open(client.request(SCOPES, "&prompt=login"));
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        assertThat(server.admin("POST", "/v1/users/" + alice.id() + "/sessions/revoke", "")
                        .status())
                .isBetween(200, 204);
        reader.send("/oauth2/second-factor", "code", app.code());
        assertThat(reader.open(ACCOUNT).header("Location")).isEqualTo("/oauth2/sign-in");
        assertThat(called(first)).isEqualTo(401);
    }
}
