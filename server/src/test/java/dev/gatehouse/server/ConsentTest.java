package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From an application's request through the pages and back to it, over HTTP (GAUNTLET A09, L03).
class ConsentTest {
    @TempDir
    Path folder;

    private ConsentWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ConsentWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void thePagesSayWhoAsksForWhatAndWhereItGoes() {
        Got page = world.reader.open(world.client.request(ConsentWorld.SCOPES, ""));
        assertThat(page.text()).contains("to go on to Corner shop");
        assertThat(page.header("Content-Security-Policy")).contains("form-action 'self';");
        world.signIn();
        Got consent = world.reader.follow();
        assertThat(consent.text())
                .contains(
                        "Allow Corner shop?",
                        "You are signed in as alice.",
                        "See things",
                        "Go on while you are away",
                        world.client.origin())
                .doesNotContain("Change things", "things:read");
        assertThat(consent.header("Content-Security-Policy")).contains("form-action 'self';");
        assertThat(consent.header("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void whoeverAllowsItGivesTheClientACodeAndIsNotAskedAgainAndAgain() {
        world.begin(ConsentWorld.SCOPES);
        Map<String, String> answer = world.decide("allow");
        assertThat(answer).containsEntry("state", "af0ifjsldkj").containsEntry("iss", world.server.base("orders"));
        JsonNode tokens = world.client.redeem(answer.get("code")).json();
        assertThat(world.call(tokens)).isEqualTo(200);
        assertThat(tokens.has("id_token")).isTrue();
    }

    /// Chromium holds what follows a form to the policy of the form's page, wherever the client leads it.
    @Test
    void whoeverSignsInForSomethingAllowedBeforeGoesOnFromAPage() throws IOException {
        world.client.close();
        world.client = Landing.confidential(world.server);
        world.begin("things:read");
        world.decide("allow");
        world.reader.cookies().clear();
        world.reader.open(world.client.request("things:read", ""));
        assertThat(world.signIn().status()).isEqualTo(303);
        world.reader.follow();
        assertThat(world.client.answer(world.reader.onwards())).containsKey("code");
        // No form led here.
        assertThat(world.client.answer(world.reader
                        .open(world.client.request("things:read", ""))
                        .header("Location")))
                .containsKey("code");
    }

    /// RFC 6749 section 3.1: strangers put things into addresses.
    @Test
    void whatIsNoParameterIsPassedOver() {
        for (String more : List.of("&utm%5Bsource%5D=x", "&x:y=1", "&", "&&fbclid=1&fbclid=1".substring(0, 10))) {
            assertThat(world.reader
                            .open(world.client.request(ConsentWorld.SCOPES, more))
                            .status())
                    .as(more)
                    .isEqualTo(200);
        }
        assertThat(world.reader
                        .open(world.client.request(ConsentWorld.SCOPES, "&state=twice"))
                        .status())
                .isEqualTo(400);
    }

    /// A request that only asks what a page weighs grants nothing.
    @Test
    void nothingIsGrantedByHead() {
        world.begin("things:read");
        world.decide("allow");
        Got head = world.server.call("orders", "HEAD", world.client.request("things:read", ""));
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.header("Allow")).isEqualTo("GET, POST");
    }

    /// OAuth 2.0 Form Post Response Mode, for browsers that run scripts and for those that do not.
    @Test
    void anAnswerThatIsPostedHasAButtonAndOneScript() {
        world.reader.open(world.client.request("things:read", "&response_mode=form_post"));
        world.signIn();
        world.reader.follow();
        Got page = world.reader.send("/oauth2/consent", "decision", "allow");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text())
                .contains(
                        "action=\"" + world.client.redirect() + "\"",
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
        world.begin(ConsentWorld.SCOPES);
        assertThat(world.decide("deny")).containsEntry("error", "access_denied").doesNotContainKey("code");
    }

    @Test
    void aWrongPasswordLosesNothing() {
        world.reader.open(world.client.request(ConsentWorld.SCOPES, ""));
        Got again = world.reader.send("/oauth2/sign-in", "username", "alice", "password", "wrong");
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.text()).contains("to go on to Corner shop");
        assertThat(world.signIn().header("Location")).startsWith("/oauth2/authorize?ask=");
    }

    @Test
    void aRequestByPostComesBackWithTheCookie() {
        world.reader.signIn(world.alice);
        Got posted = world.server.form(
                "orders",
                "/oauth2/authorize",
                world.client.parameters(ConsentWorld.SCOPES),
                "Origin",
                world.client.origin());
        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.header("Location")).startsWith("/oauth2/authorize?ask=");
        assertThat(world.reader.open(posted.header("Location")).text()).contains("id=\"allow\"");
        Got silent = world.server.form(
                "orders", "/oauth2/authorize", world.client.parameters(ConsentWorld.SCOPES) + "&prompt=none");
        world.reader.open(silent.header("Location"));
        assertThat(world.client.answer(world.reader.onwards())).containsEntry("error", "consent_required");
    }

    @Test
    void nobodyAllowsInSomebodyElsesName() {
        world.begin(ConsentWorld.SCOPES);
        String form = world.reader.form("decision", "allow");
        Person bob = Person.create(world.server, "bob");
        Reader bobs = new Reader(world.server, "orders");
        bobs.signIn(bob);
        assertThat(bobs.post("/oauth2/consent", form).status()).isEqualTo(403);
        assertThat(new Reader(world.server, "orders")
                        .post("/oauth2/consent", form)
                        .status())
                .isEqualTo(403);
        assertThat(world.reader
                        .post("/oauth2/consent", form, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(world.reader
                        .post("/oauth2/consent", form.replaceAll("form=[^&]*", "form=x"))
                        .status())
                .isEqualTo(403);
        world.reader.post("/oauth2/consent", form);
        assertThat(world.client.answer(world.reader.onwards())).containsKey("code");
    }

    /// OpenID Connect RP-Initiated Logout 1.0 section 2.
    @Test
    void theClientSaysWhichLanguageThePersonPrefers() {
        world.begin(ConsentWorld.SCOPES);
        Optional<String> idToken = Optional.of(world.tokens().get("id_token").asString());
        assertThat(world.reader
                        .open(world.client.signOut(idToken) + "&ui_locales=fr%20de-AT%20en")
                        .text())
                .contains("<html lang=\"de\">", "id=\"sign-out\"");
        for (String locales : List.of("fr", "", "%C3%A9%00", "x".repeat(300))) {
            assertThat(world.reader
                            .open(world.client.signOut(idToken) + "&ui_locales=" + locales)
                            .text())
                    .contains("<html lang=\"en\">", "id=\"sign-out\"");
        }
    }

    @Test
    void whatMustNotRedirectIsAPage() {
        Got page = world.reader.open(world.client
                .request(ConsentWorld.SCOPES, "")
                .replace(world.client.redirect(), "https://evil.example/cb"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.text()).contains("id=\"error\"").doesNotContain("evil.example");
        assertThat(world.reader.open("/oauth2/authorize?ask=forged").text()).contains("id=\"error\"");
        assertThat(world.reader.open("/oauth2/sign-out?ask=forged").text()).contains("id=\"error\"");
    }
}
