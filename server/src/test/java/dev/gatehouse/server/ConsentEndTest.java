package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Who signs in again, signs out, or takes back what it allowed (GAUNTLET L06).
class ConsentEndTest {
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

    /// GAUNTLET L03: another session, and the one before ends; what was granted in it goes on.
    @Test
    void whoeverHasToSignInAgainHasAnotherSessionAndSignsNobodyOut() {
        world.begin("openid things:read");
        JsonNode tokens = world.tokens();
        String before = world.reader.cookies().get("gatehouse-session");
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.reader
                        .open(world.client.request("openid things:read", "&prompt=login"))
                        .text())
                .contains("id=\"sign-in\"");
        assertThat(world.signIn().status()).isEqualTo(303);
        world.reader.follow();
        String after = world.reader.cookies().get("gatehouse-session");
        assertThat(after).isNotEqualTo(before);
        assertThat(world.call(tokens)).isEqualTo(200);
        world.reader.cookies().put("gatehouse-session", before);
        assertThat(world.reader.open("/oauth2/account").status()).isEqualTo(303);
        world.reader.cookies().put("gatehouse-session", after);
        world.reader.open("/oauth2/sign-out");
        world.reader.send("/oauth2/sign-out", "decision", "sign-out");
        assertThat(world.call(tokens)).as("signed out at last").isEqualTo(401);
    }

    @Test
    void whoeverIsNotTheOneBeforeTakesItsLoginAway() {
        world.begin("openid things:read");
        JsonNode tokens = world.tokens();
        Person bob = Person.create(world.server, "bob", Optional.of(Setup.role(world.server, "sellers", "orders")));
        world.clock.advance(Duration.ofSeconds(1));
        world.reader.open(world.client.request("openid things:read", "&prompt=login"));
        String before = world.reader.cookies().get("gatehouse-session");
        assertThat(world.reader
                        .send("/oauth2/sign-in", "username", bob.username(), "password", bob.password())
                        .status())
                .isEqualTo(303);
        assertThat(world.reader.cookies().get("gatehouse-session")).isNotEqualTo(before);
        assertThat(world.call(tokens)).isEqualTo(401);
    }

    @Test
    void whatIsTakenBackEndsAtOnceAndNothingElse() {
        world.begin(ConsentWorld.SCOPES);
        JsonNode tokens = world.tokens();
        assertThat(world.call(tokens)).isEqualTo(200);
        assertThat(world.reader.open("/oauth2/account").text()).contains("Corner shop", "See things");
        assertThat(world.reader
                        .send("/oauth2/account", "withdraw", world.client.application())
                        .status())
                .isEqualTo(303);
        assertThat(world.call(tokens)).isEqualTo(401);
        assertThat(world.client.refresh(tokens.get("refresh_token").asString()).status())
                .isEqualTo(400);
        assertThat(world.reader.open("/oauth2/account").text())
                .contains("No application may do anything")
                .doesNotContain("Corner shop");
        assertThat(world.reader
                        .open(world.client.request(ConsentWorld.SCOPES, ""))
                        .text())
                .contains("id=\"allow\"");
    }

    @Test
    void endingEverythingEndsWhatWasAllowedToo() {
        world.begin(ConsentWorld.SCOPES);
        JsonNode tokens = world.tokens();
        world.reader.open("/oauth2/account");
        assertThat(world.reader.send("/oauth2/account", "end-all", "yes").status())
                .isEqualTo(303);
        assertThat(world.call(tokens)).isEqualTo(401);
        assertThat(world.client.refresh(tokens.get("refresh_token").asString()).status())
                .isEqualTo(400);
        assertThat(world.reader.open("/oauth2/account").status()).isEqualTo(303);
    }

    @Test
    void signingOutAtTheClientIsAskedForHere() {
        world.begin(ConsentWorld.SCOPES);
        Optional<String> idToken = Optional.of(world.tokens().get("id_token").asString());
        Got question = world.reader.open(world.client.signOut(idToken));
        assertThat(question.text()).contains("id=\"sign-out\"", "id=\"stay\"", "Corner shop asks");
        world.reader.send("/oauth2/sign-out", "decision", "sign-out");
        assertThat(world.reader.onwards()).isEqualTo(world.client.redirect() + "?state=bye");
        assertThat(world.reader.open("/oauth2/account").status()).isEqualTo(303);
        // Whoever is not signed in is not asked.
        assertThat(world.reader.open(world.client.signOut(idToken)).header("Location"))
                .isEqualTo(world.client.redirect() + "?state=bye");
    }

    @Test
    void signingOutByPostIsAskedForWithTheCookie() {
        world.begin(ConsentWorld.SCOPES);
        String idToken = world.tokens().get("id_token").asString();
        Got posted = world.server.form(
                "orders", "/oauth2/logout", "id_token_hint=" + idToken, "Origin", world.client.origin());
        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.header("Location")).startsWith("/oauth2/sign-out?ask=");
        assertThat(world.reader.open(posted.header("Location")).text()).contains("id=\"sign-out\"", "Corner shop asks");
        assertThat(world.reader.send("/oauth2/sign-out", "decision", "sign-out").header("Location"))
                .isEqualTo("/oauth2/sign-out");
        assertThat(world.reader.follow().text()).contains("Signed out");
    }
}
