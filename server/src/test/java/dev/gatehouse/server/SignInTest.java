package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The sign-in page and the login that it opens (GAUNTLET A09, L01, L03, L06).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private static final String SESSION = "gatehouse-session";
    private static final String SIGN_IN = "/oauth2/sign-in";
    private static final String ACCOUNT = "/oauth2/account";

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Reader reader() {
        return new Reader(server, "orders");
    }

    @Test
    void whoeverKnowsThePasswordIsSignedInAndSentOnWithout() {
        Reader reader = reader();
        Got got = reader.signIn(alice);
        assertThat(got.status()).isEqualTo(303);
        assertThat(got.header("Location")).isEqualTo(ACCOUNT);
        assertThat(got.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("set-cookie"))
                        .flatMap(header -> header.getValue().stream()))
                .singleElement()
                .asString()
                .matches(SESSION + "=ghl_[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(reader.follow().status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("You are signed in as alice.");
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndStandsInNoFrame() {
        Got page = reader().open(SIGN_IN);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors"
                        + " 'none'; base-uri 'none'");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text())
                .contains("name=\"username\"", "name=\"password\"", "id=\"sign-in\"", "<html lang=\"en\">")
                .doesNotContain("<script", " style=", "onclick", "http://", "https://");
    }

    private Got tried(String username, String password) {
        return reader().signIn(username, password);
    }

    /// Same status, same headers, same text but for the name that was typed.
    @Test
    void whatIsWrongIsNeverSaid() {
        Person held = Person.create(server, "held");
        assertThat(server.admin("POST", "/v1/users/" + held.id() + "/suspend", "{}")
                        .status())
                .isEqualTo(200);
        String nobody = Customer.created(
                        server, "/v1/organizations/" + Setup.root(server) + "/users", "{\"username\":\"passwordless\"}")
                .get("id")
                .asString();
        assertThat(nobody).startsWith("user_");
        List<Got> all = List.of(
                tried("alice", "wrong"),
                tried("nobody", "wrong"),
                tried("held", "wrong"),
                tried("held", held.password()),
                tried("passwordless", "wrong"),
                tried("<b>\"&'", "wrong"),
                tried("", ""));
        assertThat(all).allSatisfy(got -> {
            assertThat(got.status()).isEqualTo(403);
            assertThat(got.text())
                    .contains("Check the username and the password.")
                    .doesNotContain("id=\"error\"");
            assertThat(got.header("Set-Cookie")).isEmpty();
        });
        assertThat(all.stream().map(SignInTest::shape).distinct()).hasSize(1);
        assertThat(all.get(5).text()).contains("&lt;b>&#34;&amp;&#39;").doesNotContain("<b>");
    }

    /// All that could tell one refusal from another.
    private static String shape(Got got) {
        Map<String, List<String>> headers = new TreeMap<>(got.headers());
        List.of("date", "content-length", "x-request-id").forEach(headers::remove);
        String text = got.text()
                .replaceAll("name=\"form\" value=\"[^\"]*\"", "")
                .replaceAll("value=\"[^\"]*\" autocomplete=\"username\"", "")
                .replace(" autofocus", "");
        return got.status() + " " + headers + " " + text;
    }

    @Test
    void tooManyTriesAreRefusedWithATime() {
        Person carol = Person.create(server, "carol");
        Got last = Stream.generate(() -> tried(carol.username(), "wrong"))
                .limit(80)
                .filter(got -> got.status() != 403)
                .findFirst()
                .orElseThrow();
        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        assertThat(last.text()).contains("Too many tries.");
        clock.advance(Duration.ofHours(2));
    }

    @Test
    void aPresetSessionIsNotTakenOver() {
        Reader reader = reader();
        String preset = "ghl_" + "0".repeat(64);
        reader.cookies().put(SESSION, preset);
        reader.signIn(alice);
        assertThat(reader.cookies().get(SESSION)).startsWith("ghl_").isNotEqualTo(preset);
    }

    @Test
    void aFormFromBeforeIsNotLookedAtAgain() {
        Reader reader = reader();
        reader.open(SIGN_IN);
        String form = reader.form("username", alice.username(), "password", alice.password());
        reader.post(SIGN_IN, form);
        String first = reader.cookies().get(SESSION);
        assertThat(reader.open(ACCOUNT).status()).isEqualTo(200);
        // The page from before: what was typed there is not looked at any more.
        assertThat(reader.post(SIGN_IN, form).status()).isEqualTo(303);
        assertThat(reader.cookies().get(SESSION)).isEqualTo(first);
    }

    @Test
    void aCookieThatIsThereTwiceIsNone() {
        Reader reader = reader();
        reader.signIn(alice);
        String session = reader.cookies().get(SESSION);
        Got got = server.call(
                "orders",
                "GET",
                ACCOUNT,
                "Cookie",
                SESSION + "=ghl_" + "1".repeat(64) + "; " + SESSION + "=" + session);
        assertThat(got.status()).isEqualTo(303);
        assertThat(got.header("Location")).isEqualTo(SIGN_IN);
    }

    static Stream<List<String>> foreign() {
        return Stream.of(
                List.of("Origin", "https://evil.example"),
                List.of("Origin", "http://orders.example.evil.example"),
                List.of("Sec-Fetch-Site", "cross-site"),
                List.of("Sec-Fetch-Site", "same-site"),
                List.of("Sec-Fetch-Site", "none"),
                List.of("Origin", "null", "Sec-Fetch-Site", "cross-site"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void aFormOfAnotherSiteIsRefused(List<String> headers) {
        Reader reader = reader();
        reader.open(SIGN_IN);
        String form = reader.form("username", alice.username(), "password", alice.password());
        Got got = reader.post(SIGN_IN, form, headers.toArray(String[]::new));
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.text()).contains("id=\"error\"");
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "null"})
    void aFormOfOursIsNot(String origin) {
        Reader reader = reader();
        reader.open(SIGN_IN);
        String own = origin.equals("null") ? origin : server.base("orders");
        Got got = reader.post(
                SIGN_IN,
                reader.form("username", alice.username(), "password", alice.password()),
                "Origin",
                own,
                "Sec-Fetch-Site",
                "same-origin");
        assertThat(got.status()).isEqualTo(303);
    }

    /// Login CSRF: an attacker has a form of its own, but not in the victim's browser.
    @Test
    void aFormOfAnotherBrowserOpensNothing() {
        Reader attacker = reader();
        attacker.open(SIGN_IN);
        String form = attacker.form("username", alice.username(), "password", alice.password());
        Reader victim = reader();
        victim.open(SIGN_IN);
        Got got = victim.post(SIGN_IN, form);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.text()).contains("This page was open for too long").doesNotContain(alice.password());
        assertThat(victim.cookies()).doesNotContainKey(SESSION);
        assertThat(reader().post(SIGN_IN, form).status()).isEqualTo(403);
    }

    @Test
    void aFormThatLayAboutForTooLongIsShownAgain() {
        Reader reader = reader();
        reader.open(SIGN_IN);
        String form = reader.form("username", alice.username(), "password", alice.password());
        clock.advance(Duration.ofHours(2).plusSeconds(1));
        assertThat(reader.post(SIGN_IN, form).status()).isEqualTo(403);
        assertThat(reader.send(SIGN_IN, "username", alice.username(), "password", alice.password())
                        .status())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "x%0d%0aLocation:%20https://evil.example",
                "a&b"
            })
    void nobodyIsSentElsewhere(String ask) {
        Reader reader = reader();
        reader.open(SIGN_IN);
        Got got = reader.send(SIGN_IN, "username", alice.username(), "password", alice.password(), "ask", ask);
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.header("Location")).isEmpty();
    }

    @Test
    void theSessionStaysWithUsAndTheOthersCookiesGoOn() {
        Reader reader = reader();
        reader.signIn(alice);
        Got echoed = server.call(
                "orders",
                "GET",
                "/open/x",
                "Cookie",
                "theme=dark; " + SESSION + "=" + reader.cookies().get(SESSION) + "; __Host-gatehouse-browser=x");
        assertThat(echoed.status()).isEqualTo(200);
        assertThat(echoed.text()).contains("theme=dark").doesNotContain("ghl_", "gatehouse-");
    }

    @Test
    void theLanguageIsTheBrowsers() {
        assertThat(reader().open(SIGN_IN, "Accept-Language", "fr, de-AT;q=0.8, en;q=0.5")
                        .text())
                .contains("<html lang=\"de\">", "Anmelden");
        assertThat(reader().open(SIGN_IN, "Accept-Language", "xx;q=nonsense").text())
                .contains("lang=\"en\"");
    }
}
