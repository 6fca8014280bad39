package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// GAUNTLET J09: a server that is killed between the platform's answer and its own commit has noted that it
/// asked. Where the platform takes the refresh token once more nothing is lost; where it does not, the audit
/// trail says why somebody has to connect again.
class ConnectionKillTest {
    private static final String TOKENS = "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"";

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    private void kill() {
        try {
            Files.createFile(folder.resolve("kill"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatDiedWithItsProcessIsNoticed(boolean twice) throws IOException {
        String block = platform.config(folder);
        Connected connected;
        String id;
        Secret key;
        try (ServerProcess child = ServerProcess.start(folder, List.of(), block)) {
            connected = Connected.create(child.server());
            key = child.server().bootstrapKey();
            id = connected.connected(child.server(), "oauth_internal", "crm", TOKENS);
            platform.expire();
            platform.after(this::kill);
            assertThat(callOf(connected, child, id)).isEqualTo("no answer");
            child.process().onExit().join();
            assertThat(child.process().exitValue()).isEqualTo(137);
        }
        assertThat(platform.given()).as("the platform rotated").isEqualTo(1);
        platform.after(() -> {});
        Files.delete(folder.resolve("kill"));
        if (twice) {
            platform.mood(Mood.GIVES_TWICE);
        }
        TestClock clock = new TestClock(Instant.now());
        try (RunningServer after = RunningServer.with(folder, clock, block)) {
            // Until the lease of the dead has run out nobody asks; then one does.
            clock.advance(Duration.ofMinutes(1));
            Got got = connected.get(after, id, "/x");
            assertThat(platform.requests()).hasSize(2);
            assertThat(got.status()).as(got.text()).isEqualTo(twice ? 200 : 424);
            Got shown = after.admin(key, "GET", "/v1/connections/" + id, "");
            assertThat(shown.json().get("health").asString()).isEqualTo(twice ? "live" : "needs_reauth");
            JsonNode rows =
                    after.admin(key, "GET", "/v1/audit?limit=200", "").json().get("items");
            String verb = twice ? "connection.refresh" : "connection.needs_reauth";
            assertThat(rows.valueStream()
                            .filter(row -> row.get("verb").asString().equals(verb)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("detail").toString()).contains("lost_before"));
        }
    }

    private static String callOf(Connected connected, ServerProcess child, String id) {
        try {
            return connected.get(child.server(), id, "/x").text();
        } catch (IllegalStateException e) {
            return "no answer";
        }
    }
}
