package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 8628, as the person before a device sees it: the page where its code is typed.
class DevicePageTest {
    @TempDir
    Path folder;

    private DeviceWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new DeviceWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /// Section 3.3.1: the person signs in first, and compares the code.
    @Test
    void aLinkWithTheCodeInItAsksAllTheSame() {
        JsonNode device = world.begun("openid");
        String typed = device.get("user_code").asString();
        Got signIn = world.reader.open(DeviceWorld.PAGE + "?user_code=" + typed);
        assertThat(signIn.text()).contains("id=\"sign-in\"");
        assertThat(world.reader
                        .send("/oauth2/sign-in", "username", "alice", "password", "wrong")
                        .status())
                .isEqualTo(403);
        assertThat(world.reader
                        .send("/oauth2/sign-in", "username", world.alice.username(), "password", world.alice.password())
                        .header("Location"))
                .isEqualTo(DeviceWorld.PAGE + "?user_code=" + typed);
        assertThat(world.reader.follow().text())
                .contains("value=\"" + typed + "\"")
                .doesNotContain("Television");
        assertThat(world.reader.send(DeviceWorld.PAGE, "user_code", typed).text())
                .contains("Allow Television?", typed);
        assertThat(world.reader.send(DeviceWorld.PAGE, "decision", "allow").text())
                .contains("Done");
        Got got = world.poll(device);
        assertThat(got.json().get("id_token").asString()).contains(".");
        assertThat(got.json().has("refresh_token")).isFalse();
    }

    @Test
    void anAnswerCountsOnce() {
        JsonNode device = world.begun();
        world.reader.signIn(world.alice);
        world.type(device.get("user_code").asString());
        String yes = world.reader.form("decision", "allow");
        String no = world.reader.form("decision", "deny");
        assertThat(world.reader.post(DeviceWorld.PAGE, yes).text()).contains("Done");
        assertThat(world.reader.post(DeviceWorld.PAGE, yes).status()).isEqualTo(400);
        assertThat(world.reader.post(DeviceWorld.PAGE, no).status()).isEqualTo(400);
        assertThat(world.poll(device).status()).isEqualTo(200);
    }

    /// GAUNTLET J02, L06.
    @Test
    void anotherLoginCannotAnswer() {
        Person bob = Person.create(world.server, "bob", Optional.of(Setup.role(world.server, "others", "orders")));
        JsonNode device = world.begun();
        world.reader.signIn(world.alice);
        world.type(device.get("user_code").asString());
        String yes = world.reader.form("decision", "allow");
        Reader other = new Reader(world.server, "orders");
        other.signIn(bob);
        other.open(DeviceWorld.PAGE);
        String mixed = other.form() + yes.substring(yes.indexOf("&ask="));
        assertThat(other.post(DeviceWorld.PAGE, yes).status())
                .as("another's form")
                .isEqualTo(403);
        assertThat(other.post(DeviceWorld.PAGE, mixed).status())
                .as("another's question")
                .isEqualTo(400);
        assertThat(world.reader
                        .post(DeviceWorld.PAGE, yes, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(world.error(world.poll(device))).isEqualTo("authorization_pending");
    }

    @Test
    void whoTriesCodesLeavesATrace() {
        world.reader.signIn(world.alice);
        try (LogTap log = new LogTap()) {
            assertThat(world.type("BBBB-BBBB").status()).isEqualTo(400);
            world.server.close();
            assertThat(log.text()).contains("unknown_device");
        }
    }

    /// GAUNTLET L02: counted before anything is looked up.
    @Test
    void codesAreNotTriedOut() {
        world.reader.signIn(world.alice);
        int tries = 0;
        while (world.type("BBBB-BBBB").status() == 400) {
            tries++;
            assertThat(tries).isLessThan(100);
        }
        assertThat(world.reader.page().status()).isEqualTo(429);
        assertThat(Long.parseLong(world.reader.page().header("Retry-After"))).isPositive();
        assertThat(tries).isGreaterThanOrEqualTo(10);
    }
}
