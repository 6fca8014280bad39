package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The account page and signing out: what is open in somebody's name ends at once, alone or all of it (GAUNTLET
/// L06).
class AccountTest {
    private static final String SESSION = "gatehouse-session";
    private static final String ACCOUNT = "/oauth2/account";
    private static final String SIGN_OUT = "/oauth2/sign-out";
    private static final Pattern SESSIONS = Pattern.compile("<li id=\"(sess_[a-z0-9]+)\">");

    @TempDir
    Path folder;

    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reader signedIn(Person who) {
        Reader reader = new Reader(server, "orders");
        assertThat(reader.signIn(who).status()).isEqualTo(303);
        return reader;
    }

    private static List<String> sessions(Reader reader) {
        return SESSIONS.matcher(reader.open(ACCOUNT).text())
                .results()
                .map(MatchResult::group)
                .map(it -> it.substring(8, it.length() - 2))
                .toList();
    }

    private static boolean in(Reader reader) {
        return reader.open(ACCOUNT).status() == 200;
    }

    @Test
    void oneLoginEndsAndTheOthersDoNot() {
        Reader here = signedIn(alice);
        String own = sessions(here).getFirst();
        Reader there = signedIn(alice);
        Reader third = signedIn(alice);
        List<String> all = sessions(here);
        assertThat(all).hasSize(3);
        String other = sessions(there).stream()
                .filter(id -> there.page()
                                .text()
                                .indexOf("this browser", there.page().text().indexOf(id))
                        > 0)
                .filter(id -> !id.equals(own))
                .findFirst()
                .orElseThrow();
        here.open(ACCOUNT);
        assertThat(here.send(ACCOUNT, "end-session", other).header("Location")).isEqualTo(ACCOUNT);
        assertThat(sessions(here)).hasSize(2).contains(own).doesNotContain(other);
        assertThat(in(here)).isTrue();
        assertThat(in(there) ^ in(third)).isTrue();
        // Again, as a second press of the button would.
        assertThat(here.send(ACCOUNT, "end-session", other).status()).isEqualTo(303);
    }

    @Test
    void allEndTogetherAndNobodyElses() {
        Person bob = Person.create(server, "bob");
        Reader bobs = signedIn(bob);
        Reader here = signedIn(alice);
        Reader there = signedIn(alice);
        here.open(ACCOUNT);
        assertThat(here.send(ACCOUNT, "end-all", "yes").header("Location")).isEqualTo(SIGN_OUT);
        assertThat(here.cookies()).doesNotContainKey(SESSION);
        assertThat(here.follow().text()).contains("Signed out");
        assertThat(in(here)).isFalse();
        assertThat(in(there)).isFalse();
        assertThat(in(bobs)).isTrue();
    }

    @Test
    void somebodyElsesLoginIsNobodysToEnd() {
        Person bob = Person.create(server, "bob");
        Reader bobs = signedIn(bob);
        String session = sessions(bobs).getFirst();
        Reader here = signedIn(alice);
        here.open(ACCOUNT);
        assertThat(here.send(ACCOUNT, "end-session", session).header("Location"))
                .isEqualTo(ACCOUNT);
        assertThat(in(bobs)).isTrue();
    }

    @Test
    void aFormOfAnotherLoginEndsNothing() {
        Reader here = signedIn(alice);
        here.open(ACCOUNT);
        String form = here.form("end-all", "yes");
        Reader there = signedIn(alice);
        assertThat(there.post(ACCOUNT, form).status()).isEqualTo(403);
        assertThat(there.page().text()).contains("id=\"error\"");
        assertThat(there.post(ACCOUNT, "end-all=yes").status()).isEqualTo(403);
        assertThat(in(here)).isTrue();
        assertThat(in(there)).isTrue();
    }

    @Test
    void signingOutIsAskedForAndDone() {
        Reader here = signedIn(alice);
        String session = here.cookies().get(SESSION);
        assertThat(here.open(SIGN_OUT).text()).contains("id=\"sign-out\"", "id=\"stay\"");
        assertThat(here.send(SIGN_OUT, "decision", "stay").header("Location")).isEqualTo(ACCOUNT);
        assertThat(in(here)).isTrue();
        here.open(SIGN_OUT);
        assertThat(here.send(SIGN_OUT, "decision", "sign-out").header("Location"))
                .isEqualTo(SIGN_OUT);
        assertThat(here.follow().text()).contains("Signed out");
        here.cookies().put(SESSION, session);
        assertThat(in(here)).isFalse();
    }

    @Test
    void nobodyIsSignedOutByALink() {
        Reader here = signedIn(alice);
        here.open(SIGN_OUT);
        here.open(SIGN_OUT + "?decision=sign-out");
        assertThat(in(here)).isTrue();
        assertThat(here.post(SIGN_OUT, "decision=sign-out").status()).isEqualTo(403);
        assertThat(in(here)).isTrue();
    }

    @Test
    void whatTheProviderEndsIsEndedHere() {
        Reader here = signedIn(alice);
        assertThat(server.admin("POST", "/v1/users/" + alice.id() + "/suspend", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(in(here)).isFalse();
        assertThat(server.admin("POST", "/v1/users/" + alice.id() + "/resume", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(in(here)).isTrue();
    }
}
