package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages on which people make keys and use them.
class PasskeyPagesTest {
    private static final Pattern SCRIPT =
            Pattern.compile("<script src=\"([^\"]*)\" integrity=\"([^\"]*)\" defer></script>");

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

    /// What the Api's provider serves at the same address is no script of ours.
    @Test
    void pagesWithKeysRunOurScriptAndNoOther() throws NoSuchAlgorithmException {
        Got page = world.reader().open(PasskeyWorld.SIGN_IN);
        String path = SCRIPT.matcher(page.text())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(path).matches("/oauth2/pages/passkey-[0-9a-f]{16}\\.js");
        assertThat(page.header("Content-Security-Policy"))
                .endsWith("; script-src " + world.origin + path + "; require-trusted-types-for 'script'");
        Got script = world.server.call("orders", "GET", path);
        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(page.text()).contains("integrity=\"sha256-" + sha256(script.text()) + "\"");
        Reader reader = world.reader();
        reader.signIn(world.alice);
        assertThat(reader.open(PasskeyWorld.ACCOUNT).header("Content-Security-Policy"))
                .doesNotContain("script");
        assertThat(reader.open(PasskeyWorld.SECURITY).header("Content-Security-Policy"))
                .contains("; script-src " + world.origin + path);
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    /// A script of another release is nobody's: whatever the provider would answer there is not asked for.
    @Test
    void whereOurFilesAreNothingElseIs() {
        for (String path : List.of("passkey-0123456789abcdef.js", "", "x/y", "style.css.map")) {
            Got none = world.server.call("orders", "GET", "/oauth2/pages/" + path);
            assertThat(none.status()).as(path).isEqualTo(404);
            assertThat(none.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @Test
    void aNameIsCutInWholeCharacters() {
        Reader reader = world.reader();
        reader.signIn(world.alice);
        reader.open(PasskeyWorld.SECURITY);
        String challenge = PasskeyWorld.hidden(reader, "challenge");
        String name = "x".repeat(59) + "\ud83d\udd11\ud83d\udd11";
        reader.send(
                PasskeyWorld.SECURITY,
                "challenge",
                challenge,
                "response",
                world.phone.made(challenge, SoftPasskey.honest(world.origin)),
                "name",
                name);
        assertThat(reader.follow().text()).contains("x".repeat(59) + "\ud83d\udd11</bdi>");
    }
}
