package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An organization that wants a second factor of people who act in it (ADR 0032; GAUNTLET L04, L08).
class RequiredFactorTest {
    private static final String SESSION = "gatehouse-session";
    private static final String SIGN_IN = "/oauth2/sign-in";
    private static final String SECURITY = "/oauth2/security";
    private static final String SET_UP = "/oauth2/second-factor/set-up";
    private static final String ACCOUNT = "/oauth2/account";
    private static final String SCOPES = "openid things:read offline_access";
    private static final Pattern FIRST_CODE = Pattern.compile("<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){2})</code>");
    private static final Pattern ONWARDS = Pattern.compile("id=\"onwards\" href=\"([^\"]*)\"");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;
    private Landing client;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Reader reader() {
        return new Reader(server, "orders");
    }

    private static void require(RunningServer server) {
        Setup.secondFactor(server, "\"required\"");
    }

    private static String onwards(Reader reader) {
        Matcher way = ONWARDS.matcher(reader.page().text());
        assertThat(way.find()).as(reader.page().text()).isTrue();
        return way.group(1).replace("&amp;", "&");
    }

    private static void shut(Reader reader) {
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
        assertThat(reader.open(ACCOUNT).header("Location")).isEqualTo(SIGN_IN);
    }

    /// As far as the page where the first one is set up.
    private AuthenticatorApp asked(Reader reader) {
        assertThat(reader.signIn(alice).status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("Your organization wants a second step", "action=\"" + SET_UP);
        return AuthenticatorApp.scanning(reader.page().text(), clock);
    }

    private JsonNode tokens(Reader reader) {
        reader.send("/oauth2/consent", "decision", "allow");
        return client.redeem(client.answer(reader.onwards()).get("code")).json();
    }

    @Test
    void whoeverHasNoneSetsOneUpBeforeAnythingIsOpen() {
        require(server);
        Reader reader = reader();
        AuthenticatorApp app = asked(reader);
        String form = reader.form("code", app.code());
        shut(reader);
        assertThat(reader.post(SET_UP, form).status()).isEqualTo(200);
        Matcher code = FIRST_CODE.matcher(reader.page().text());
        assertThat(code.find()).isTrue();
        assertThat(onwards(reader)).isEqualTo(ACCOUNT);
        assertThat(reader.open(ACCOUNT).text()).contains("You are signed in as alice.");
        clock.advance(Duration.ofSeconds(30));
        Reader again = reader();
        again.signIn(alice);
        shut(again);
        again.signIn(alice);
        assertThat(again.send("/oauth2/second-factor", "code", app.code()).header("Location"))
                .isEqualTo(ACCOUNT);
        Reader recovering = reader();
        recovering.signIn(alice);
        assertThat(recovering
                        .send("/oauth2/second-factor", "code", code.group(1))
                        .header("Location"))
                .isEqualTo(ACCOUNT);
    }

    @Test
    void whatWaitsGoesOnAfterIt() {
        require(server);
        Reader reader = reader();
        reader.open(client.request(SCOPES, ""));
        reader.send(SIGN_IN, "username", alice.username(), "password", alice.password());
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SET_UP, "code", app.wrong()).status()).isEqualTo(403);
        assertThat(reader.page().text()).contains("Wait for the next one and try again");
        shut(reader);
        reader.open(client.request(SCOPES, ""));
        reader.send(SIGN_IN, "username", alice.username(), "password", alice.password());
        AuthenticatorApp other = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SET_UP, "code", other.code()).status()).isEqualTo(200);
        reader.open(onwards(reader));
        JsonNode tokens = tokens(reader);
        assertThat(client.refresh(tokens.get("refresh_token").asString()).status())
                .isEqualTo(200);
    }

    /// GAUNTLET L04: each proof is of one browser and one person, and whoever has a factor shows it.
    @Test
    void nobodySetsUpAnythingWithoutTheStepBefore() {
        require(server);
        Reader victim = reader();
        AuthenticatorApp app = asked(victim);
        String whole = victim.form("code", app.code());
        Reader thief = reader();
        thief.open(SIGN_IN);
        for (String form :
                List.of("form=x", whole, thief.form("code", app.code()), whole.replaceAll("proof=[^&]*", "proof=x"))) {
            assertThat(thief.post(SET_UP, form).status()).isEqualTo(403);
            shut(thief);
        }
        Reader late = reader();
        AuthenticatorApp thiefs = asked(late);
        String stale = late.form("code", thiefs.code());
        assertThat(victim.post(SET_UP, whole).status()).isEqualTo(200);
        assertThat(late.post(SET_UP, stale).status()).as("there is one by now").isEqualTo(403);
        shut(late);
        assertThat(victim.open(ACCOUNT).status()).as("nothing of it ended").isEqualTo(200);
        Reader over = reader();
        over.signIn(alice);
        assertThat(over.page().text()).contains("Type the code that your app shows");
    }

    /// A form that is sent twice at once sets one app up, and neither answer says that something is broken.
    @Test
    void ofOneFormThatIsSentTwiceOneSetsItUp() throws Exception {
        require(server);
        Reader reader = reader();
        AuthenticatorApp app = asked(reader);
        String form = reader.form("code", app.code());
        String browser = reader.cookies().entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        CyclicBarrier start = new CyclicBarrier(2);
        List<Got> got = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return server.form("orders", SET_UP, form, "Cookie", browser);
                }));
            }
            for (Future<Got> one : running) {
                got.add(one.get());
            }
        }
        assertThat(got).extracting(Got::status).allMatch(status -> status < 500);
        assertThat(got).filteredOn(one -> FIRST_CODE.matcher(one.text()).find()).hasSize(1);
    }

    @Test
    void aProofOfBeforeEndsInTenMinutesAndWithThePassword() {
        require(server);
        Reader slow = reader();
        AuthenticatorApp app = asked(slow);
        clock.advance(Duration.ofMinutes(10));
        assertThat(slow.send(SET_UP, "code", app.code()).status()).isEqualTo(403);
        shut(slow);
        Reader cut = reader();
        AuthenticatorApp other = asked(cut);
        server.admin("POST", "/v1/users/" + alice.id() + "/cut", "{}");
        assertThat(cut.send(SET_UP, "code", other.code()).status()).isEqualTo(403);
        shut(cut);
    }

    /// What was opened before by the password alone is nothing from then on, and is again when it is taken back.
    @Test
    void sessionsAndGrantsOfBeforeDoNotOutlastIt() {
        Reader reader = reader();
        reader.open(client.request(SCOPES, ""));
        reader.send(SIGN_IN, "username", alice.username(), "password", alice.password());
        reader.follow();
        JsonNode before = tokens(reader);
        String refresh = before.get("refresh_token").asString();
        reader.open(client.request(SCOPES, ""));
        require(server);
        assertThat(reader.send("/oauth2/consent", "decision", "allow").text()).doesNotContain("code=");
        assertThat(reader.open(ACCOUNT).header("Location")).isEqualTo(SIGN_IN);
        assertThat(reader.open("/oauth2/security").header("Location")).isEqualTo(SIGN_IN);
        assertThat(reader.open("/oauth2/device").text()).contains("id=\"sign-in\"");
        Map<String, String> silent = client.answer(
                reader.open(client.request(SCOPES, "&prompt=none")).header("Location"));
        assertThat(silent).containsEntry("error", "login_required");
        Got refused = client.refresh(refresh);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void whoeverSignedInWithBothGoesOn() {
        Reader reader = reader();
        reader.signIn(alice);
        reader.open("/oauth2/security");
        reader.send("/oauth2/security", "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        reader.send("/oauth2/security", "code", app.code());
        assertThat(reader.open(ACCOUNT).status()).isEqualTo(200);
        require(server);
        assertThat(reader.open(ACCOUNT).header("Location"))
                .as("this login showed no code")
                .isEqualTo(SIGN_IN);
        clock.advance(Duration.ofSeconds(30));
        reader.signIn(alice);
        reader.send("/oauth2/second-factor", "code", app.code());
        assertThat(reader.open(ACCOUNT).status()).isEqualTo(200);
        assertThat(server.admin("POST", "/v1/users/" + alice.id() + "/factors/remove", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(reader.open(ACCOUNT).header("Location"))
                .as("whoever had the app is out")
                .isEqualTo(SIGN_IN);
    }

    /// Those above say it of an organization, and it says it of itself; only those above take it back, or the
    /// provider its own. It is of people who act there, and not below.
    @Test
    void itIsSaidOfAnOrganizationAndAudited() {
        String shop = Customer.created(
                        server, "/v1/organizations", "{\"name\":\"Shop\",\"second_factor\":\"required\"}")
                .get("id")
                .asString();
        assertThat(reader().signIn(alice).status()).as("not of those above").isEqualTo(303);
        String at = "/v1/organizations/" + shop;
        assertThat(server.admin("GET", at, "").json().get("second_factor").asString())
                .isEqualTo("required");
        assertThat(server.admin("PATCH", at, "{\"second_factor\":null}").json().has("second_factor"))
                .isFalse();
        assertThat(server.admin("PATCH", at, "{\"second_factor\":\"maybe\"}").status())
                .isEqualTo(400);
        require(server);
        assertThat(reader().signIn(alice).status()).isEqualTo(200);
        assertThat(server.admin("GET", "/v1/audit?limit=5", "").text()).contains("second_factor");
        Setup.secondFactor(server, "null");
        assertThat(reader().signIn(alice).status()).isEqualTo(303);
    }

    /// Whoever has a key shows it: a password alone makes no other way in beside it.
    @Test
    void whoeverHasAPasskeyUsesIt() {
        String origin = Setup.namedApi(server, "parcels");
        Reader reader = new Reader(server, "parcels");
        reader.signIn(alice);
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        reader.send(SECURITY, "code", app.code());
        clock.advance(Duration.ofSeconds(30));
        reader = new Reader(server, "parcels");
        reader.signIn(alice);
        reader.send("/oauth2/second-factor", "code", app.code());
        made(reader, new SoftPasskey("phone"), origin);
        reader.open(SECURITY);
        reader.send(SECURITY, "remove", "yes");
        require(server);
        Reader other = new Reader(server, "parcels");
        assertThat(other.signIn(alice).status()).isEqualTo(403);
        assertThat(other.page().text()).contains("Sign in with your passkey").doesNotContain(SET_UP);
        assertThat(other.cookies()).doesNotContainKey(SESSION);
        asked(reader());
    }

    /// It may be a thief's: it is no second factor, and keeps nobody from setting one up.
    @Test
    void aKeyThatAPasswordMadeIsOneStepOfTwo() {
        String origin = Setup.namedApi(server, "parcels");
        SoftPasskey phone = new SoftPasskey("phone");
        Reader reader = new Reader(server, "parcels");
        reader.signIn(alice);
        made(reader, phone, origin);
        Reader before = new Reader(server, "parcels");
        assertThat(use(before, phone, origin).status()).isEqualTo(303);
        require(server);
        assertThat(before.open(ACCOUNT).header("Location")).isEqualTo(SIGN_IN);
        Reader thief = new Reader(server, "parcels");
        assertThat(use(thief, phone, origin).text()).contains("action=\"" + SET_UP);
        shut(thief);
        Reader owner = new Reader(server, "parcels");
        AuthenticatorApp app = asked(owner);
        assertThat(owner.send(SET_UP, "code", app.code()).status()).isEqualTo(200);
        assertThat(use(thief, phone, origin).status()).isEqualTo(403);
        shut(thief);
        assertThat(server.admin("GET", "/v1/audit?limit=20", "").text()).contains("factor.enrol_first");
    }

    private Got use(Reader reader, SoftPasskey phone, String origin) {
        reader.open(SIGN_IN);
        String page = reader.page().text();
        String form = page.substring(page.indexOf("<form id=\"passkey\""));
        String challenge = hidden(form, "challenge");
        String response = phone.proven(challenge, alice.id(), SoftPasskey.honest(origin));
        return reader.post(
                "/oauth2/passkey",
                "form=" + encoded(hidden(form, "form")) + "&challenge=" + encoded(challenge) + "&response="
                        + encoded(response));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String hidden(String form, String name) {
        return Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"")
                .matcher(form)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static void made(Reader reader, SoftPasskey phone, String origin) {
        reader.open(SECURITY);
        String challenge = Pattern.compile("name=\"challenge\" value=\"([^\"]*)\"")
                .matcher(reader.page().text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        reader.send(
                SECURITY,
                "challenge",
                challenge,
                "response",
                phone.made(challenge, SoftPasskey.honest(origin)),
                "name",
                "Phone");
        assertThat(reader.page().status()).isEqualTo(303);
    }
}
