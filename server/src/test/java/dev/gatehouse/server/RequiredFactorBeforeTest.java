package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was open before a second factor was required.
class RequiredFactorBeforeTest {
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

    /// What was opened before by the password alone is nothing from then on, and is again when it is taken back.
    @Test
    void sessionsAndGrantsOfBeforeDoNotOutlastIt() {
        Reader reader = world.reader();
        reader.open(world.client.request(RequiredFactorWorld.SCOPES, ""));
        reader.send(
                RequiredFactorWorld.SIGN_IN, "username", world.alice.username(), "password", world.alice.password());
        reader.follow();
        JsonNode before = world.tokens(reader);
        String refresh = before.get("refresh_token").asString();
        reader.open(world.client.request(RequiredFactorWorld.SCOPES, ""));
        RequiredFactorWorld.require(world.server);
        assertThat(reader.send("/oauth2/consent", "decision", "allow").text()).doesNotContain("code=");
        assertThat(reader.open(RequiredFactorWorld.ACCOUNT).header("Location")).isEqualTo(RequiredFactorWorld.SIGN_IN);
        assertThat(reader.open("/oauth2/security").header("Location")).isEqualTo(RequiredFactorWorld.SIGN_IN);
        assertThat(reader.open("/oauth2/device").text()).contains("id=\"sign-in\"");
        Map<String, String> silent =
                world.client.answer(reader.open(world.client.request(RequiredFactorWorld.SCOPES, "&prompt=none"))
                        .header("Location"));
        assertThat(silent).containsEntry("error", "login_required");
        Got refused = world.client.refresh(refresh);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void whoeverSignedInWithBothGoesOn() {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        reader.open("/oauth2/security");
        reader.send("/oauth2/security", "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), world.clock);
        reader.send("/oauth2/security", "code", app.code());
        assertThat(reader.open(RequiredFactorWorld.ACCOUNT).status()).isEqualTo(200);
        RequiredFactorWorld.require(world.server);
        assertThat(reader.open(RequiredFactorWorld.ACCOUNT).header("Location"))
                .as("this login showed no code")
                .isEqualTo(RequiredFactorWorld.SIGN_IN);
        world.clock.advance(Duration.ofSeconds(30));
        reader.signIn(world.alice);
        reader.send("/oauth2/second-factor", "code", app.code());
        assertThat(reader.open(RequiredFactorWorld.ACCOUNT).status()).isEqualTo(200);
        assertThat(world.server
                        .admin("POST", "/v1/users/" + world.alice.id() + "/factors/remove", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(reader.open(RequiredFactorWorld.ACCOUNT).header("Location"))
                .as("whoever had the app is out")
                .isEqualTo(RequiredFactorWorld.SIGN_IN);
    }
}
