package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a device is asked: it is answered once, in time, in its browser, and not by guesses (GAUNTLET L08).
class PasskeyChallengeTest {
    @TempDir
    Path folder;

    private PasskeyWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new PasskeyWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aChallengeIsAnsweredOnceAndInItsBrowser() {
        world.made(world.alice, world.phone);
        Reader reader = world.reader();
        reader.open(PasskeyWorld.SIGN_IN);
        String challenge = PasskeyWorld.hidden(reader, "challenge");
        assertThat(world.used(reader, world.phone, world.alice.id(), it -> it, challenge)
                        .status())
                .isEqualTo(303);
        Reader again = world.reader();
        again.cookies().putAll(reader.cookies());
        again.cookies().remove(PasskeyWorld.SESSION);
        again.open(PasskeyWorld.SIGN_IN);
        world.used(again, world.phone, world.alice.id(), it -> it, challenge);
        PasskeyWorld.refused(again);
        Reader elsewhere = world.reader();
        elsewhere.open(PasskeyWorld.SIGN_IN);
        String foreign = PasskeyWorld.hidden(elsewhere, "challenge");
        Reader other = world.reader();
        other.open(PasskeyWorld.SIGN_IN);
        world.used(other, world.phone, world.alice.id(), it -> it, foreign);
        PasskeyWorld.refused(other, PasskeyWorld.EXPIRED);
        other.open(PasskeyWorld.SIGN_IN);
        world.used(other, world.phone, world.alice.id(), it -> it, "made-up");
        PasskeyWorld.refused(other, PasskeyWorld.EXPIRED);
        other.open(PasskeyWorld.SIGN_IN);
        world.clock.advance(Duration.ofMinutes(10));
        world.used(other, world.phone, world.alice.id(), it -> it, PasskeyWorld.hidden(other, "challenge"));
        PasskeyWorld.refused(other, PasskeyWorld.EXPIRED);
    }

    /// Nobody makes the server remember challenges by proving nothing.
    @Test
    void aChallengeIsUsedUpByWhatIsRightOnly() {
        world.made(world.alice, world.phone);
        Reader reader = world.reader();
        reader.open(PasskeyWorld.SIGN_IN);
        String challenge = PasskeyWorld.hidden(reader, "challenge");
        world.used(reader, world.phone, world.alice.id(), it -> it.at("evil.example"), challenge);
        PasskeyWorld.refused(reader);
        assertThat(world.used(reader, world.phone, world.alice.id(), it -> it, challenge)
                        .header("Location"))
                .isEqualTo(PasskeyWorld.ACCOUNT);
    }

    /// One challenge makes one key, in the browser and for the purpose that it was drawn for.
    @Test
    void aChallengeMakesOneKey() {
        Reader reader = world.made(world.alice, world.phone);
        reader.open(PasskeyWorld.SECURITY);
        String challenge = PasskeyWorld.hidden(reader, "challenge");
        for (String key : List.of("second", "third")) {
            reader.open(PasskeyWorld.SECURITY);
            reader.send(
                    PasskeyWorld.SECURITY,
                    "challenge",
                    challenge,
                    "response",
                    new SoftPasskey(key).made(challenge, SoftPasskey.honest(world.origin)),
                    "name",
                    key);
        }
        assertThat(reader.page().status()).isEqualTo(403);
        assertThat(reader.open(PasskeyWorld.SECURITY).text())
                .contains(">second<")
                .doesNotContain(">third<");
    }

    /// GAUNTLET L01: whoever has too many wrong answers is not looked at; a page that was sent twice costs nothing.
    @Test
    void wrongAnswersAreGuesses() {
        Setup.guesses(world.server, "orders", 2);
        world.made(world.alice, world.phone);
        Reader again = world.reader();
        again.open(PasskeyWorld.SIGN_IN);
        String stale = PasskeyWorld.hidden(again, "challenge");
        world.used(again, world.phone, world.alice.id(), it -> it, stale);
        for (int i = 0; i < 3; i++) {
            again.cookies().remove(PasskeyWorld.SESSION);
            again.open(PasskeyWorld.SIGN_IN);
            world.used(again, world.phone, world.alice.id(), it -> it, stale);
            PasskeyWorld.refused(again);
        }
        Reader thief = world.reader();
        for (int i = 0; i < 2; i++) {
            world.use(thief, new SoftPasskey("none"), world.alice.id(), it -> it);
            PasskeyWorld.refused(thief);
        }
        Got over = world.use(thief, world.phone, world.alice.id(), it -> it);
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.header("Retry-After")).isNotEmpty();
        assertThat(thief.cookies()).doesNotContainKey(PasskeyWorld.SESSION);
    }
}
