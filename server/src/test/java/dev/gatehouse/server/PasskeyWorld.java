package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A person with a phone that keeps keys, and browsers to sign in with.
final class PasskeyWorld implements AutoCloseable {
    static final String SESSION = "gatehouse-session";
    static final String SIGN_IN = "/oauth2/sign-in";
    static final String PASSKEY = "/oauth2/passkey";
    static final String SECURITY = "/oauth2/security";
    static final String EXPIRED = "This page was open for too long";
    static final String ACCOUNT = "/oauth2/account";
    private static final Pattern FORM = Pattern.compile("<form id=\"(?:new-)?passkey\".*?</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("name=\"(form|challenge)\" value=\"([^\"]*)\"");

    final TestClock clock = new TestClock();
    final SoftPasskey phone = new SoftPasskey("alice's phone, thirty-two bytes.");
    final RunningServer server;
    final String origin;
    final Person alice;

    PasskeyWorld(Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        origin = Setup.namedApi(server, "orders");
        alice = Person.create(server, "alice");
    }

    Reader reader() {
        return new Reader(server, "orders");
    }

    /// A hidden field of the form for keys.
    static String hidden(Reader reader, String name) {
        String form = FORM.matcher(reader.page().text())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new AssertionError(reader.page().text()));
        return HIDDEN.matcher(form)
                .results()
                .filter(found -> found.group(1).equals(name))
                .map(found -> found.group(2))
                .findFirst()
                .orElseThrow();
    }

    /// Has a key made on the page of somebody who is signed in.
    Got make(Reader reader, SoftPasskey key, SoftPasskey.Saying saying) {
        reader.open(SECURITY);
        String challenge = hidden(reader, "challenge");
        return reader.send(
                SECURITY, "challenge", challenge, "response", key.made(challenge, saying), "name", "Phone of alice");
    }

    /// A browser in which somebody has signed in by the password and has kept this key.
    Reader made(Person who, SoftPasskey key) {
        Reader reader = reader();
        reader.signIn(who);
        assertThat(make(reader, key, SoftPasskey.honest(origin)).header("Location"))
                .isEqualTo(SECURITY);
        return reader;
    }

    /// Signs in by a key on a page that was just opened.
    Got use(Reader reader, SoftPasskey key, String user, UnaryOperator<SoftPasskey.Saying> saying) {
        reader.open(SIGN_IN);
        return used(reader, key, user, saying, hidden(reader, "challenge"));
    }

    /// The same on the page as it is, by an answer to this challenge.
    Got used(Reader reader, SoftPasskey key, String user, UnaryOperator<SoftPasskey.Saying> saying, String challenge) {
        return reader.post(
                PASSKEY,
                form(
                        "form",
                        hidden(reader, "form"),
                        "challenge",
                        challenge,
                        "response",
                        key.proven(challenge, user, saying.apply(SoftPasskey.honest(origin)))));
    }

    /// Pairs of names and values.
    static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    static void refused(Reader reader) {
        refused(reader, "That passkey does not work here.");
    }

    /// Nobody is signed in, and the page says why.
    static void refused(Reader reader, String why) {
        assertThat(reader.page().status()).isEqualTo(403);
        assertThat(reader.page().text()).contains(why);
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
    }

    /// The newest of the audit trail.
    String trail() {
        return server.admin("GET", "/v1/audit?limit=50", "").text();
    }

    @Override
    public void close() {
        server.close();
    }
}
