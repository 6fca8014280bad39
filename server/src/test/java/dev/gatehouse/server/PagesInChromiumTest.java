package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages as a person meets them in a real browser, which runs scripts or does not. Where none is installed
/// this is told loudly and not run; `.ci/browser` installs one.
class PagesInChromiumTest {
    private static final String SIGN_IN = "/oauth2/sign-in";

    @TempDir
    Path folder;

    private Path program = Path.of("");
    private Optional<RunningServer> running = Optional.empty();
    private Person alice = new Person("", "", "");

    @BeforeEach
    void start() throws IOException {
        program = Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: PagesInChromiumTest, because no Chromium is installed. As root on Debian 12,"
                    + " .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
        RunningServer server = RunningServer.start(folder, new TestClock());
        running = Optional.of(server);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
    }

    @AfterEach
    void stop() {
        running.ifPresent(RunningServer::close);
    }

    private String at(String path) {
        return running.orElseThrow().base("orders") + path;
    }

    private Tab tab(boolean scripts) throws IOException, InterruptedException {
        return Tab.open(program, folder, scripts);
    }

    private void signIn(Tab tab) {
        tab.go(at(SIGN_IN));
        tab.type("#username", alice.username());
        tab.type("#password", alice.password());
        tab.press("#sign-in");
    }

    private void signOut(Tab tab) {
        tab.go(at("/oauth2/sign-out"));
        tab.press("#sign-out");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonSignsInSeesItsAccountAndSignsOut(boolean scripts) throws IOException, InterruptedException {
        try (Tab tab = tab(scripts)) {
            signIn(tab);
            assertThat(tab.url()).isEqualTo(at("/oauth2/account"));
            assertThat(tab.text()).contains("You are signed in as alice.", "this browser");
            tab.press("#leave");
            tab.press("#stay");
            assertThat(tab.text()).contains("Your account");
            tab.press("#leave");
            tab.press("#sign-out");
            assertThat(tab.text()).contains("Signed out");
            tab.go(at("/oauth2/account"));
            assertThat(tab.url()).isEqualTo(at(SIGN_IN));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theKeyboardIsEnough(boolean scripts) throws IOException, InterruptedException {
        try (Tab tab = tab(scripts)) {
            tab.go(at(SIGN_IN));
            tab.write(alice.username());
            tab.key("Tab", 9);
            tab.write("wrong");
            tab.enter();
            assertThat(tab.text()).contains("Check the username and the password.");
            // The name stands there; the cursor waits for the password.
            tab.write(alice.password());
            tab.enter();
            assertThat(tab.url()).isEqualTo(at("/oauth2/account"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theButtonBackLeadsNobodyAstray(boolean scripts) throws IOException, InterruptedException {
        try (Tab tab = tab(scripts)) {
            signIn(tab);
            tab.back();
            assertThat(tab.url()).isEqualTo(at("/oauth2/account"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApplicationGetsWhatThePersonAllows(boolean scripts) throws IOException, InterruptedException {
        try (Landing client = Landing.open(running.orElseThrow());
                Tab tab = tab(scripts)) {
            tab.go(at(client.request("openid things:read", "&login_hint=alice")));
            // The name stands there already.
            tab.write(alice.password());
            tab.enter();
            assertThat(tab.text()).contains("Allow Corner shop?", "See things");
            tab.pressOnwards("#deny");
            assertThat(client.answer(tab.url())).containsEntry("error", "access_denied");
            tab.go(at(client.request("openid things:read", "")));
            tab.pressOnwards("#allow");
            String code = client.answer(tab.url()).get("code");
            assertThat(tab.text()).contains("Landed");
            assertThat(client.redeem(code).status()).isEqualTo(200);
            tab.go(at("/oauth2/account"));
            assertThat(tab.text()).contains(Landing.NAME);
            tab.press("[name=withdraw]");
            assertThat(tab.text()).contains("No application may do anything in your name.");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /// From the form of the sign-in to the client, and on from there to wherever that leads.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverOnlySignsInGoesOnToTheClientToo(boolean scripts) throws IOException, InterruptedException {
        try (Landing client = Landing.confidential(running.orElseThrow());
                Tab tab = tab(scripts)) {
            signIn(tab);
            tab.go(at(client.request("openid things:read", "")));
            tab.pressOnwards("#allow");
            signOut(tab);
            tab.go(at(client.request("openid things:read", "&login_hint=alice")));
            tab.type("#password", alice.password());
            tab.pressOnwards("#sign-in");
            assertThat(client.answer(tab.url())).containsKey("code");
            assertThat(tab.text()).contains("Landed");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /// OpenID Connect Front-Channel Logout 1.0: the frame is loaded, and the browser goes on by itself.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void applicationsHearThatAPersonSignsOut(boolean scripts) throws IOException, InterruptedException {
        try (Landing client = Landing.open(running.orElseThrow());
                Tab tab = tab(scripts)) {
            client.hears(client.origin() + "/front");
            signIn(tab);
            tab.go(at(client.request("openid", "")));
            tab.pressOnwards("#allow");
            assertThat(tab.text()).contains("Landed");
            tab.go(at("/oauth2/logout?client_id=" + client.clientId() + "&state=bye&post_logout_redirect_uri="
                    + client.redirect()));
            assertThat(tab.text()).contains("Corner shop asks");
            tab.pressOnwards("#sign-out");
            assertThat(client.loaded()).startsWith("/front?iss=").contains("&sid=sess_");
            assertThat(client.answer(tab.url())).containsEntry("state", "bye");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /// RFC 8628 section 3.3: by the link, through the sign-in, with the code to compare.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonLetsADeviceHaveWhatItAsksFor(boolean scripts) throws IOException, InterruptedException {
        RunningServer server = running.orElseThrow();
        String grant = "urn:ietf:params:oauth:grant-type:device_code";
        String television = Setup.deviceClient(server, "Television", "[\"" + grant + "\"]");
        var device = server.form("orders", "/oauth2/device_authorization", "client_id=" + television)
                .json();
        try (Tab tab = tab(scripts)) {
            tab.go(device.get("verification_uri_complete").asString());
            tab.type("#username", alice.username());
            tab.type("#password", alice.password());
            tab.press("#sign-in");
            assertThat(tab.text()).contains("Connect a device");
            tab.press("#go");
            assertThat(tab.text())
                    .contains("Allow Television?", device.get("user_code").asString());
            tab.press("#allow");
            assertThat(tab.text()).contains("Done");
            assertThat(tab.complaints()).isEmpty();
        }
        String form = "client_id=" + television + "&grant_type=" + grant + "&device_code="
                + device.get("device_code").asString();
        assertThat(server.token("orders", form).status()).isEqualTo(200);
    }

    @Test
    void everythingEndsFromAnyBrowser() throws IOException, InterruptedException {
        try (Tab lost = tab(true);
                Tab tab = tab(false)) {
            signIn(lost);
            signIn(tab);
            tab.press("#end-all");
            assertThat(tab.text()).contains("Signed out");
            lost.go(at("/oauth2/account"));
            assertThat(lost.url()).isEqualTo(at(SIGN_IN));
        }
    }

    @Test
    void everyFieldHasItsLabelAndTheStyleIsThere() throws IOException, InterruptedException {
        try (Tab tab = tab(true)) {
            tab.go(at(SIGN_IN));
            assertThat(tab.evaluate("[...document.querySelectorAll('input:not([type=hidden])')]"
                                    + ".every(it => it.labels.length === 1 && it.labels[0].innerText)")
                            .asBoolean())
                    .isTrue();
            String ground = "getComputedStyle(document.body).backgroundColor";
            tab.prefers("light");
            assertThat(tab.evaluate(ground).asString()).isEqualTo("rgb(255, 255, 255)");
            tab.prefers("dark");
            assertThat(tab.evaluate(ground).asString()).isEqualTo("rgb(22, 24, 29)");
        }
    }

    @Test
    void noPageStandsInAFrame() throws IOException, InterruptedException {
        try (Tab tab = tab(true);
                Chromium other = Chromium.open(program, folder)) {
            tab.go(other.origin("evil") + "/page");
            tab.evaluate("new Promise(done => document.body.append(Object.assign(document.createElement('iframe'),"
                    + " {src: '" + at(SIGN_IN) + "', onload: () => done('loaded')})))");
            assertThat(tab.complaints()).anyMatch(text -> text.contains("frame-ancestors 'none'"));
        }
    }
}
