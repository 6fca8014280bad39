package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// A person with a browser and an authenticator app.
final class SecondFactorWorld implements AutoCloseable {
    static final String SECOND = "/oauth2/second-factor";
    static final String SECURITY = "/oauth2/security";
    static final String SESSION = "gatehouse-session";
    static final String SIGN_IN = "/oauth2/sign-in";
    static final String ACCOUNT = "/oauth2/account";
    private static final Pattern CODES = Pattern.compile("<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>");

    /// How long a code of the app is the newest.
    static final Duration STEP = Duration.ofSeconds(30);

    final TestClock clock = new TestClock();
    final RunningServer server;
    final Person alice;

    SecondFactorWorld(Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice");
    }

    Reader reader() {
        return new Reader(server, "orders");
    }

    /// Signs in, sets up an app and steps on, so that its next code has not been used.
    AuthenticatorApp enrolled(Reader reader) {
        reader.signIn(alice);
        AuthenticatorApp app = setUp(reader);
        clock.advance(STEP);
        return app;
    }

    /// Sets up an app in a browser that is signed in.
    AuthenticatorApp setUp(Reader reader) {
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SECURITY, "code", app.code()).status()).isEqualTo(200);
        return app;
    }

    /// The recovery codes that a page shows.
    static List<String> codes(Reader reader) {
        return CODES.matcher(reader.page().text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// As far as the second question.
    Reader halfway() {
        Reader reader = reader();
        assertThat(reader.signIn(alice).status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("id=\"verify\"", "name=\"code\"");
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
        return reader;
    }

    static Got typed(Reader reader, String code) {
        return reader.send(SECOND, "code", code);
    }

    @Override
    public void close() {
        server.close();
    }
}
