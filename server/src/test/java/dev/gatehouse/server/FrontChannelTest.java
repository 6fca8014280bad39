package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OpenID Connect Front-Channel Logout 1.0.
class FrontChannelTest {
    private static final String SIGN_OUT = "/oauth2/sign-out";

    @TempDir
    Path folder;

    private RunningServer server;
    private Person alice;
    private Landing client;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
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

    private void loads(String path) {
        client.hears(client.origin() + path);
    }

    /// Signs in at the application; its ID token.
    private String signIn() {
        reader.open(client.request("openid", ""));
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        reader.follow();
        reader.send("/oauth2/consent", "decision", "allow");
        return client.redeem(client.answer(reader.onwards()).get("code"))
                .json()
                .get("id_token")
                .asString();
    }

    private String session() {
        return server.admin("GET", "/v1/users/" + alice.id() + "/sessions", "")
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Sections 2 and 3, RP-Initiated Logout section 3.
    @Test
    void theBrowserLoadsWhatTheApplicationRegisteredAndGoesOn() {
        loads("/front?a=b");
        String idToken = signIn();
        String session = session();
        reader.open(client.signOut(Optional.of(idToken)));
        Got page = reader.send(SIGN_OUT, "decision", "sign-out");
        String loaded = client.origin() + "/front?a=b&iss=" + encoded(server.base("orders")) + "&sid=" + session;
        String onwards = client.redirect() + "?state=bye";
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("<iframe src=\"" + loaded.replace("&", "&amp;") + "\"")
                .contains("id=\"onwards\" href=\"" + onwards + "\"");
        assertThat(page.header("Refresh")).isEqualTo("4;url=" + onwards);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .endsWith("; frame-src " + client.origin());
        assertThat(reader.open("/oauth2/account").status()).isEqualTo(303);
    }

    /// Core section 8: by the name that this application was told.
    @Test
    void anApplicationOfASectorIsLoadedWithItsOwnNameOfTheLogin() {
        loads("/front");
        Got got = server.admin("PATCH", "/v1/applications/" + client.application(), "{\"subject_type\":\"pairwise\"}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        String idToken = signIn();
        String session = session();
        String told = new String(Base64.getUrlDecoder().decode(idToken.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        reader.open(SIGN_OUT);
        String page = reader.send(SIGN_OUT, "decision", "sign-out").text();
        String sid = page.replaceFirst("(?s).*&amp;sid=([A-Za-z0-9_-]+)\".*", "$1");
        assertThat(told).contains("\"sid\":\"" + sid + "\"").doesNotContain(session);
        assertThat(page).doesNotContain(session);
    }

    @Test
    void withoutAWayBackItGoesOnToAPageOfOurs() {
        loads("/front");
        signIn();
        reader.open(SIGN_OUT);
        Got page = reader.send(SIGN_OUT, "decision", "sign-out");
        assertThat(page.text()).contains("/front?iss=");
        assertThat(page.header("Refresh")).isEqualTo("4;url=" + SIGN_OUT);
        assertThat(reader.open(SIGN_OUT).text()).contains("Signed out").doesNotContain("<iframe");
    }

    @Test
    void whoDidNotSignThePersonInIsNotLoaded() throws IOException {
        loads("/front");
        try (Landing other = Landing.confidential(server)) {
            other.hears(other.origin() + "/other");
            signIn();
            reader.open(SIGN_OUT);
            Got page = reader.send(SIGN_OUT, "decision", "sign-out");
            assertThat(page.text()).contains("/front?iss=").doesNotContain("/other");
            assertThat(page.header("Content-Security-Policy")).doesNotContain(other.origin());
        }
    }

    @Test
    void whereNobodyListensThereIsNoFrame() {
        signIn();
        reader.open(SIGN_OUT);
        assertThat(reader.send(SIGN_OUT, "decision", "sign-out").status()).isEqualTo(303);
    }

    @Test
    void whoEndsItsLoginOnTheAccountPageLoadsItToo() {
        loads("/front");
        signIn();
        reader.open("/oauth2/account");
        assertThat(reader.send("/oauth2/account", "end-all", "yes").text()).contains("<iframe", "/front?iss=");
        signIn();
        String session = session();
        reader.open("/oauth2/account");
        Got page = reader.send("/oauth2/account", "end-session", session);
        assertThat(page.text()).contains("<iframe", "&amp;sid=" + session);
        assertThat(reader.open("/oauth2/account").status()).isEqualTo(303);
    }

    /// A link leads nobody through us to a page that a client has registered.
    @Test
    void whoIsNotSignedInGoesOnByAClickUnlessAnIdTokenSaysWhoAsks() {
        Got page = reader.open(client.signOut(Optional.empty()) + "&client_id=" + client.clientId());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Refresh")).isEmpty();
        assertThat(page.text())
                .contains(Landing.NAME, client.redirect(), "href=\"" + client.redirect() + "?state=bye\"");
        String idToken = signIn();
        reader.open(SIGN_OUT);
        reader.send(SIGN_OUT, "decision", "sign-out");
        assertThat(reader.open(client.signOut(Optional.of(idToken))).status()).isEqualTo(303);
    }
}
