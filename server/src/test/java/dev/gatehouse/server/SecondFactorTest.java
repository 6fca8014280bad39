package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Codes of an app and of recovery, asked for after the password (GAUNTLET L02, L04, L08).
class SecondFactorTest {
    @TempDir
    Path folder;

    private SecondFactorWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new SecondFactorWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void anAppThatIsSetUpIsAskedForAfterThePassword() {
        AuthenticatorApp app = world.enrolled(world.reader());
        Reader reader = world.halfway();
        Got got = SecondFactorWorld.typed(reader, app.code());
        assertThat(got.status()).isEqualTo(303);
        assertThat(got.header("Location")).isEqualTo(SecondFactorWorld.ACCOUNT);
        assertThat(reader.cookies().get(SecondFactorWorld.SESSION)).startsWith("ghl_");
        assertThat(reader.follow().text()).contains("You are signed in as alice.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "12345", "1234567", "abcd-efgh-jkmn", "<b>", "\u0661\u0662\u0663\u0664\u0665\u0666"})
    void nothingElseOpensAnything(String code) {
        world.enrolled(world.reader());
        Reader reader = world.halfway();
        Got got = SecondFactorWorld.typed(reader, code);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.text()).contains("That code does not work").doesNotContain("<b>");
        assertThat(reader.cookies()).doesNotContainKey(SecondFactorWorld.SESSION);
    }

    @Test
    void aCodeIsUsedOnceAndOneStepAroundNowIsTaken() {
        AuthenticatorApp app = world.enrolled(world.reader());
        String code = app.code();
        assertThat(SecondFactorWorld.typed(world.halfway(), code).status()).isEqualTo(303);
        assertThat(SecondFactorWorld.typed(world.halfway(), code).status())
                .as("again")
                .isEqualTo(403);
        assertThat(SecondFactorWorld.typed(world.halfway(), app.code(-1)).status())
                .as("one before it")
                .isEqualTo(403);
        assertThat(SecondFactorWorld.typed(world.halfway(), app.code(2)).status())
                .as("too early")
                .isEqualTo(403);
        assertThat(SecondFactorWorld.typed(world.halfway(), app.code(1)).status())
                .isEqualTo(303);
        world.clock.advance(SecondFactorWorld.STEP.multipliedBy(3));
        assertThat(SecondFactorWorld.typed(world.halfway(), app.code(-2)).status())
                .as("too late")
                .isEqualTo(403);
        assertThat(SecondFactorWorld.typed(world.halfway(), app.code(-1)).status())
                .isEqualTo(303);
    }

    @Test
    void aRecoveryCodeGetsInOnce() {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        world.setUp(reader);
        List<String> first = SecondFactorWorld.codes(reader);
        Reader whole = world.halfway();
        assertThat(SecondFactorWorld.typed(whole, first.getFirst()).status()).isEqualTo(303);
        assertThat(SecondFactorWorld.typed(world.halfway(), first.getFirst()).status())
                .isEqualTo(403);
        assertThat(SecondFactorWorld.typed(
                                world.halfway(), first.get(1).replace("-", " ").toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(303);
        assertThat(whole.open(SecondFactorWorld.SECURITY).text()).contains("8 left");
        whole.send(SecondFactorWorld.SECURITY, "renew", "yes");
        List<String> second = SecondFactorWorld.codes(whole);
        assertThat(second).hasSize(10).doesNotContainAnyElementsOf(first);
        assertThat(SecondFactorWorld.typed(world.halfway(), first.get(2)).status())
                .as("one of before")
                .isEqualTo(403);
        assertThat(SecondFactorWorld.typed(world.halfway(), second.getFirst()).status())
                .isEqualTo(303);
    }

    @Test
    void guessesAreFew() {
        AuthenticatorApp app = world.enrolled(world.reader());
        Reader reader = world.halfway();
        List<Integer> answers = IntStream.range(0, 12)
                .mapToObj(_ -> SecondFactorWorld.typed(reader, app.wrong()).status())
                .toList();
        assertThat(answers.stream().filter(status -> status == 403)).hasSize(10);
        assertThat(answers.getLast()).isEqualTo(429);
        assertThat(Integer.parseInt(reader.page().header("Retry-After"))).isPositive();
        Reader other = world.halfway();
        assertThat(SecondFactorWorld.typed(other, app.code()).status())
                .as("the right one too")
                .isEqualTo(429);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(SecondFactorWorld.typed(world.halfway(), app.code()).status())
                .isEqualTo(303);
    }

    /// Whoever knows the password and guesses does not keep its owner out.
    @Test
    void guessesAtTheAppKeepNobodyFromRecovering() {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        AuthenticatorApp app = world.setUp(reader);
        List<String> codes = SecondFactorWorld.codes(reader);
        Reader thief = world.halfway();
        IntStream.range(0, 12).forEach(_ -> SecondFactorWorld.typed(thief, app.wrong()));
        assertThat(thief.page().status()).isEqualTo(429);
        assertThat(SecondFactorWorld.typed(world.halfway(), codes.getFirst()).status())
                .isEqualTo(303);
    }
}
