package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that would like a second factor (`acr_values`), of people who have one and of people who have none.
class WishedFactorTest {
    private static final String WISH = "&acr_values=2";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;
    private Landing client;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Reader asked(Reader reader, String more) {
        reader.open(client.request("openid things:read", WISH + more));
        return reader;
    }

    @Test
    void whoeverHasNoneIsAskedOnceAndGoesOnWithWhatItHas() {
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        clock.advance(Duration.ofSeconds(1));
        assertThat(asked(reader, "").page().text()).contains("id=\"allow\"").doesNotContain("id=\"sign-in\"");
        reader.send("/oauth2/consent", "decision", "allow");
        assertThat(client.answer(reader.onwards())).containsKey("code");
        Map<String, String> silent =
                client.answer(asked(reader, "&prompt=none").page().header("Location"));
        assertThat(silent).as("consent, and no sign-in").containsEntry("error", "consent_required");
    }

    @Test
    void whoeverHasOneShowsIt() {
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/security");
        reader.send("/oauth2/security", "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        reader.send("/oauth2/security", "code", app.code());
        clock.advance(Duration.ofSeconds(1));
        assertThat(asked(reader, "").page().text())
                .as("this login showed no code")
                .contains("id=\"sign-in\"");
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        reader.send("/oauth2/second-factor", "code", app.code(1));
        assertThat(reader.follow().text()).contains("id=\"allow\"");
        assertThat(asked(reader, "").page().text()).contains("id=\"allow\"");
    }
}
