package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A person, a browser and an application, where a second factor may be required.
final class RequiredFactorWorld implements AutoCloseable {
    static final String SESSION = "gatehouse-session";
    static final String SIGN_IN = "/oauth2/sign-in";
    static final String SECURITY = "/oauth2/security";
    static final String SET_UP = "/oauth2/second-factor/set-up";
    static final String ACCOUNT = "/oauth2/account";
    static final String SCOPES = "openid things:read offline_access";
    static final Pattern FIRST_CODE = Pattern.compile("<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){2})</code>");
    static final Pattern ONWARDS = Pattern.compile("id=\"onwards\" href=\"([^\"]*)\"");

    final TestClock clock = new TestClock();
    final RunningServer server;
    final Person alice;
    final Landing client;

    RequiredFactorWorld(Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
    }

    Reader reader() {
        return new Reader(server, "orders");
    }

    static void require(RunningServer server) {
        Setup.secondFactor(server, "\"required\"");
    }

    /// Where the page leads on.
    static String onwards(Reader reader) {
        Matcher way = ONWARDS.matcher(reader.page().text());
        assertThat(way.find()).as(reader.page().text()).isTrue();
        return way.group(1).replace("&amp;", "&");
    }

    /// Nobody is signed in.
    static void shut(Reader reader) {
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
        assertThat(reader.open(ACCOUNT).header("Location")).isEqualTo(SIGN_IN);
    }

    /// As far as the page where the first one is set up.
    AuthenticatorApp asked(Reader reader) {
        assertThat(reader.signIn(alice).status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("Your organization wants a second step", "action=\"" + SET_UP);
        return AuthenticatorApp.scanning(reader.page().text(), clock);
    }

    /// What the application gets after a yes.
    JsonNode tokens(Reader reader) {
        reader.send("/oauth2/consent", "decision", "allow");
        return client.redeem(client.answer(reader.onwards()).get("code")).json();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
