package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From an application's request through the pages and back to it, over HTTP (GAUNTLET A09, L03, L06).
class ConsentTest {
    private static final String SCOPES = "openid offline_access things:read";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Landing client;
    private Person alice;
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

    private Got signIn() {
        return reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
    }

    /// From the request to the question.
    private void begin(String scopes) {
        reader.open(client.request(scopes, ""));
        assertThat(signIn().status()).isEqualTo(303);
        assertThat(reader.follow().status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("id=\"allow\"", "id=\"deny\"");
    }

    private Map<String, String> decide(String decision) {
        Got got = reader.send("/oauth2/consent", "decision", decision);
        assertThat(got.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        return client.answer(reader.onwards());
    }

    private JsonNode tokens() {
        Got got = client.redeem(decide("allow").get("code"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    private int call(JsonNode tokens) {
        return server.call(
                        "orders",
                        "GET",
                        "/things",
                        "Authorization",
                        "Bearer " + tokens.get("access_token").asString())
                .status();
    }

    @Test
    void thePagesSayWhoAsksForWhatAndWhereItGoes() {
        Got page = reader.open(client.request(SCOPES, ""));
        assertThat(page.text()).contains("to go on to Corner shop");
        assertThat(page.header("Content-Security-Policy")).contains("form-action 'self';");
        signIn();
        Got consent = reader.follow();
        assertThat(consent.text())
                .contains(
                        "Allow Corner shop?",
                        "You are signed in as alice.",
                        "See things",
                        "Go on while you are away",
                        client.origin())
                .doesNotContain("Change things", "things:read");
        assertThat(consent.header("Content-Security-Policy")).contains("form-action 'self';");
        assertThat(consent.header("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void whoeverAllowsItGivesTheClientACodeAndIsNotAskedAgainAndAgain() {
        begin(SCOPES);
        Map<String, String> answer = decide("allow");
        assertThat(answer).containsEntry("state", "af0ifjsldkj").containsEntry("iss", server.base("orders"));
        JsonNode tokens = client.redeem(answer.get("code")).json();
        assertThat(call(tokens)).isEqualTo(200);
        assertThat(tokens.has("id_token")).isTrue();
    }

    /// Chromium holds what follows a form to the policy of the form's page, wherever the client leads it.
    @Test
    void whoeverSignsInForSomethingAllowedBeforeGoesOnFromAPage() throws IOException {
        client.close();
        client = Landing.confidential(server);
        begin("things:read");
        decide("allow");
        reader.cookies().clear();
        reader.open(client.request("things:read", ""));
        assertThat(signIn().status()).isEqualTo(303);
        reader.follow();
        assertThat(client.answer(reader.onwards())).containsKey("code");
        // No form led here.
        assertThat(client.answer(reader.open(client.request("things:read", "")).header("Location")))
                .containsKey("code");
    }

    /// GAUNTLET L03: another session, and the one before ends; what was granted in it goes on.
    @Test
    void whoeverHasToSignInAgainHasAnotherSessionAndSignsNobodyOut() {
        begin("openid things:read");
        JsonNode tokens = tokens();
        String before = reader.cookies().get("gatehouse-session");
        clock.advance(Duration.ofSeconds(1));
        assertThat(reader.open(client.request("openid things:read", "&prompt=login"))
                        .text())
                .contains("id=\"sign-in\"");
        assertThat(signIn().status()).isEqualTo(303);
        reader.follow();
        String after = reader.cookies().get("gatehouse-session");
        assertThat(after).isNotEqualTo(before);
        assertThat(call(tokens)).isEqualTo(200);
        reader.cookies().put("gatehouse-session", before);
        assertThat(reader.open("/oauth2/account").status()).isEqualTo(303);
        reader.cookies().put("gatehouse-session", after);
        reader.open("/oauth2/sign-out");
        reader.send("/oauth2/sign-out", "decision", "sign-out");
        assertThat(call(tokens)).as("signed out at last").isEqualTo(401);
    }

    @Test
    void whoeverIsNotTheOneBeforeTakesItsLoginAway() {
        begin("openid things:read");
        JsonNode tokens = tokens();
        Person bob = Person.create(server, "bob", Optional.of(Setup.role(server, "sellers", "orders")));
        clock.advance(Duration.ofSeconds(1));
        reader.open(client.request("openid things:read", "&prompt=login"));
        String before = reader.cookies().get("gatehouse-session");
        assertThat(reader.send("/oauth2/sign-in", "username", bob.username(), "password", bob.password())
                        .status())
                .isEqualTo(303);
        assertThat(reader.cookies().get("gatehouse-session")).isNotEqualTo(before);
        assertThat(call(tokens)).isEqualTo(401);
    }

    /// RFC 6749 section 3.1: strangers put things into addresses.
    @Test
    void whatIsNoParameterIsPassedOver() {
        for (String more : List.of("&utm%5Bsource%5D=x", "&x:y=1", "&", "&&fbclid=1&fbclid=1".substring(0, 10))) {
            assertThat(reader.open(client.request(SCOPES, more)).status())
                    .as(more)
                    .isEqualTo(200);
        }
        assertThat(reader.open(client.request(SCOPES, "&state=twice")).status()).isEqualTo(400);
    }

    /// A request that only asks what a page weighs grants nothing.
    @Test
    void nothingIsGrantedByHead() {
        begin("things:read");
        decide("allow");
        Got head = server.call("orders", "HEAD", client.request("things:read", ""));
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.header("Allow")).isEqualTo("GET, POST");
    }

    /// OAuth 2.0 Form Post Response Mode, for browsers that run scripts and for those that do not.
    @Test
    void anAnswerThatIsPostedHasAButtonAndOneScript() {
        reader.open(client.request("things:read", "&response_mode=form_post"));
        signIn();
        reader.follow();
        Got page = reader.send("/oauth2/consent", "decision", "allow");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text())
                .contains(
                        "action=\"" + client.redirect() + "\"",
                        "name=\"code\"",
                        "name=\"iss\"",
                        "value=\"af0ifjsldkj\"")
                .contains("<noscript><button type=\"submit\">");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'sha256-")
                .doesNotContain("form-action", "unsafe-inline");
    }

    @Test
    void whoeverDoesNotSaysSo() {
        begin(SCOPES);
        assertThat(decide("deny")).containsEntry("error", "access_denied").doesNotContainKey("code");
    }

    @Test
    void aWrongPasswordLosesNothing() {
        reader.open(client.request(SCOPES, ""));
        Got again = reader.send("/oauth2/sign-in", "username", "alice", "password", "wrong");
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.text()).contains("to go on to Corner shop");
        assertThat(signIn().header("Location")).startsWith("/oauth2/authorize?ask=");
    }

    @Test
    void aRequestByPostComesBackWithTheCookie() {
        reader.signIn(alice);
        Got posted = server.form("orders", "/oauth2/authorize", client.parameters(SCOPES), "Origin", client.origin());
        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.header("Location")).startsWith("/oauth2/authorize?ask=");
        assertThat(reader.open(posted.header("Location")).text()).contains("id=\"allow\"");
        Got silent = server.form("orders", "/oauth2/authorize", client.parameters(SCOPES) + "&prompt=none");
        reader.open(silent.header("Location"));
        assertThat(client.answer(reader.onwards())).containsEntry("error", "consent_required");
    }

    @Test
    void nobodyAllowsInSomebodyElsesName() {
        begin(SCOPES);
        String form = reader.form("decision", "allow");
        Person bob = Person.create(server, "bob");
        Reader bobs = new Reader(server, "orders");
        bobs.signIn(bob);
        assertThat(bobs.post("/oauth2/consent", form).status()).isEqualTo(403);
        assertThat(new Reader(server, "orders").post("/oauth2/consent", form).status())
                .isEqualTo(403);
        assertThat(reader.post("/oauth2/consent", form, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(reader.post("/oauth2/consent", form.replaceAll("form=[^&]*", "form=x"))
                        .status())
                .isEqualTo(403);
        reader.post("/oauth2/consent", form);
        assertThat(client.answer(reader.onwards())).containsKey("code");
    }

    @Test
    void whatIsTakenBackEndsAtOnceAndNothingElse() {
        begin(SCOPES);
        JsonNode tokens = tokens();
        assertThat(call(tokens)).isEqualTo(200);
        assertThat(reader.open("/oauth2/account").text()).contains("Corner shop", "See things");
        assertThat(reader.send("/oauth2/account", "withdraw", client.application())
                        .status())
                .isEqualTo(303);
        assertThat(call(tokens)).isEqualTo(401);
        assertThat(client.refresh(tokens.get("refresh_token").asString()).status())
                .isEqualTo(400);
        assertThat(reader.open("/oauth2/account").text())
                .contains("No application may do anything")
                .doesNotContain("Corner shop");
        assertThat(reader.open(client.request(SCOPES, "")).text()).contains("id=\"allow\"");
    }

    @Test
    void endingEverythingEndsWhatWasAllowedToo() {
        begin(SCOPES);
        JsonNode tokens = tokens();
        reader.open("/oauth2/account");
        assertThat(reader.send("/oauth2/account", "end-all", "yes").status()).isEqualTo(303);
        assertThat(call(tokens)).isEqualTo(401);
        assertThat(client.refresh(tokens.get("refresh_token").asString()).status())
                .isEqualTo(400);
        assertThat(reader.open("/oauth2/account").status()).isEqualTo(303);
    }

    @Test
    void signingOutAtTheClientIsAskedForHere() {
        begin(SCOPES);
        Optional<String> idToken = Optional.of(tokens().get("id_token").asString());
        Got question = reader.open(client.signOut(idToken));
        assertThat(question.text()).contains("id=\"sign-out\"", "id=\"stay\"", "Corner shop asks");
        reader.send("/oauth2/sign-out", "decision", "sign-out");
        assertThat(reader.onwards()).isEqualTo(client.redirect() + "?state=bye");
        assertThat(reader.open("/oauth2/account").status()).isEqualTo(303);
        // Whoever is not signed in is not asked.
        assertThat(reader.open(client.signOut(idToken)).header("Location")).isEqualTo(client.redirect() + "?state=bye");
    }

    /// OpenID Connect RP-Initiated Logout 1.0 section 2.
    @Test
    void theClientSaysWhichLanguageThePersonPrefers() {
        begin(SCOPES);
        Optional<String> idToken = Optional.of(tokens().get("id_token").asString());
        assertThat(reader.open(client.signOut(idToken) + "&ui_locales=fr%20de-AT%20en")
                        .text())
                .contains("<html lang=\"de\">", "id=\"sign-out\"");
        for (String locales : List.of("fr", "", "%C3%A9%00", "x".repeat(300))) {
            assertThat(reader.open(client.signOut(idToken) + "&ui_locales=" + locales)
                            .text())
                    .contains("<html lang=\"en\">", "id=\"sign-out\"");
        }
    }

    @Test
    void signingOutByPostIsAskedForWithTheCookie() {
        begin(SCOPES);
        String idToken = tokens().get("id_token").asString();
        Got posted = server.form("orders", "/oauth2/logout", "id_token_hint=" + idToken, "Origin", client.origin());
        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.header("Location")).startsWith("/oauth2/sign-out?ask=");
        assertThat(reader.open(posted.header("Location")).text()).contains("id=\"sign-out\"", "Corner shop asks");
        assertThat(reader.send("/oauth2/sign-out", "decision", "sign-out").header("Location"))
                .isEqualTo("/oauth2/sign-out");
        assertThat(reader.follow().text()).contains("Signed out");
    }

    @Test
    void whatMustNotRedirectIsAPage() {
        Got page = reader.open(client.request(SCOPES, "").replace(client.redirect(), "https://evil.example/cb"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.text()).contains("id=\"error\"").doesNotContain("evil.example");
        assertThat(reader.open("/oauth2/authorize?ask=forged").text()).contains("id=\"error\"");
        assertThat(reader.open("/oauth2/sign-out?ask=forged").text()).contains("id=\"error\"");
    }
}
