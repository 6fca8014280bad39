package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Codes that people set so that no client sends them requests without (OpenID Connect CIBA Core 1.0, `user_code`).
class BackchannelUserCodeTest {
    private static final String FORM = "scope=openid&login_hint=alice";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private BackchannelWorld world;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        world = new BackchannelWorld(server, ",\"backchannel_user_code_parameter\":true");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got set(String code) {
        world.reader.cookies().clear();
        world.reader.signIn(world.alice);
        world.reader.open(BackchannelWorld.PAGE);
        return world.reader.send(BackchannelWorld.PAGE, "code", code, "set-code", "yes");
    }

    @Test
    void whoeverSetACodeIsSentNothingWithout() {
        assertThat(set("135 79").status()).isEqualTo(400);
        assertThat(set("13579").status()).isEqualTo(400);
        assertThat(set("x".repeat(65)).status()).isEqualTo(400);
        world.begun("");
        assertThat(set("135790").status()).isEqualTo(303);
        assertThat(world.reader.open(BackchannelWorld.PAGE).text())
                .contains("id=\"code-set\"")
                .doesNotContain("135790");
        BackchannelWorld.error(world.ask(FORM), "missing_user_code");
        BackchannelWorld.error(world.ask(FORM + "&user_code=135791"), "invalid_user_code");
        world.begun("&user_code=135790");
        assertThat(set("another%code").status()).isEqualTo(303);
        BackchannelWorld.error(world.ask(FORM + "&user_code=135790"), "invalid_user_code");
        world.begun("&user_code=another%25code");
        world.reader.open(BackchannelWorld.PAGE);
        world.reader.post(BackchannelWorld.PAGE, world.reader.form("remove-code", "yes"));
        world.begun("");
        BackchannelWorld.error(world.ask(FORM + "&user_code=135790"), "invalid_user_code");
    }

    /// GAUNTLET L02: and whoever guesses at codes keeps nobody from signing in.
    @Test
    void wrongCodesAreBounded() {
        set("135790");
        assertThat(IntStream.range(0, 12)
                        .mapToObj(i -> world.ask(FORM + "&user_code=00000" + i).status()))
                .contains(400, 429);
        assertThat(world.ask(FORM + "&user_code=999999").status()).isEqualTo(429);
        world.reader.cookies().clear();
        world.reader.signIn(world.alice);
        assertThat(world.reader.open(BackchannelWorld.PAGE).status()).isEqualTo(200);
    }

    /// Whoever is not known to ask people for codes sends none, and reaches nobody who has one.
    @Test
    void aClientThatKnowsNoCodesReachesNobodyWhoHasOne() {
        set("135790");
        assertThat(world.changed("{\"backchannel_user_code_parameter\":null}").status())
                .isEqualTo(200);
        BackchannelWorld.error(world.ask(FORM), "missing_user_code");
        BackchannelWorld.error(world.ask(FORM + "&user_code=135790"), "invalid_request");
    }

    /// The `sub` that the client knows names the person, too.
    @Test
    void aPersonIsNamedByItsSubject() {
        Got got = world.ask("scope=openid&login_hint=" + world.alice.id());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        BackchannelWorld.error(
                world.ask("scope=openid&login_hint=" + world.alice.id().replaceFirst("...$", "AAA")),
                "unknown_user_id");
    }
}
