package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that people sign in with where a second factor is required.
class RequiredFactorPasskeyTest {
    @TempDir
    Path folder;

    private RequiredFactorWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new RequiredFactorWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /// Whoever has a key shows it: a password alone makes no other way in beside it.
    @Test
    void whoeverHasAPasskeyUsesIt() {
        String origin = Setup.namedApi(world.server, "parcels");
        Reader reader = new Reader(world.server, "parcels");
        reader.signIn(world.alice);
        reader.open(RequiredFactorWorld.SECURITY);
        reader.send(RequiredFactorWorld.SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), world.clock);
        reader.send(RequiredFactorWorld.SECURITY, "code", app.code());
        world.clock.advance(Duration.ofSeconds(30));
        reader = new Reader(world.server, "parcels");
        reader.signIn(world.alice);
        reader.send("/oauth2/second-factor", "code", app.code());
        made(reader, new SoftPasskey("phone"), origin);
        reader.open(RequiredFactorWorld.SECURITY);
        reader.send(RequiredFactorWorld.SECURITY, "remove", "yes");
        RequiredFactorWorld.require(world.server);
        Reader other = new Reader(world.server, "parcels");
        assertThat(other.signIn(world.alice).status()).isEqualTo(403);
        assertThat(other.page().text())
                .contains("Sign in with your passkey")
                .doesNotContain(RequiredFactorWorld.SET_UP);
        assertThat(other.cookies()).doesNotContainKey(RequiredFactorWorld.SESSION);
        world.asked(world.reader());
    }

    /// It may be a thief's: it is no second factor, and keeps nobody from setting one up.
    @Test
    void aKeyThatAPasswordMadeIsOneStepOfTwo() {
        String origin = Setup.namedApi(world.server, "parcels");
        SoftPasskey phone = new SoftPasskey("phone");
        Reader reader = new Reader(world.server, "parcels");
        reader.signIn(world.alice);
        made(reader, phone, origin);
        Reader before = new Reader(world.server, "parcels");
        assertThat(use(before, phone, origin).status()).isEqualTo(303);
        RequiredFactorWorld.require(world.server);
        assertThat(before.open(RequiredFactorWorld.ACCOUNT).header("Location")).isEqualTo(RequiredFactorWorld.SIGN_IN);
        Reader thief = new Reader(world.server, "parcels");
        assertThat(use(thief, phone, origin).text()).contains("action=\"" + RequiredFactorWorld.SET_UP);
        RequiredFactorWorld.shut(thief);
        Reader owner = new Reader(world.server, "parcels");
        AuthenticatorApp app = world.asked(owner);
        assertThat(owner.send(RequiredFactorWorld.SET_UP, "code", app.code()).status())
                .isEqualTo(200);
        assertThat(use(thief, phone, origin).status()).isEqualTo(403);
        RequiredFactorWorld.shut(thief);
        assertThat(world.server.admin("GET", "/v1/audit?limit=20", "").text()).contains("factor.enrol_first");
    }

    private Got use(Reader reader, SoftPasskey phone, String origin) {
        reader.open(RequiredFactorWorld.SIGN_IN);
        String page = reader.page().text();
        String form = page.substring(page.indexOf("<form id=\"passkey\""));
        String challenge = hidden(form, "challenge");
        String response = phone.proven(challenge, world.alice.id(), SoftPasskey.honest(origin));
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
        reader.open(RequiredFactorWorld.SECURITY);
        String challenge = Pattern.compile("name=\"challenge\" value=\"([^\"]*)\"")
                .matcher(reader.page().text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        reader.send(
                RequiredFactorWorld.SECURITY,
                "challenge",
                challenge,
                "response",
                phone.made(challenge, SoftPasskey.honest(origin)),
                "name",
                "Phone");
        assertThat(reader.page().status()).isEqualTo(303);
    }
}
