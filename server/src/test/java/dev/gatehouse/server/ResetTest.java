package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// A password that was forgotten, and the letter that lets somebody choose another (GAUNTLET L01, L04, L05).
class ResetTest {
    private static final String FORGOT = "/oauth2/forgot";
    private static final String RESET = "/oauth2/reset";
    private static final String NEW = "a wholly other phrase";
    private static final Pattern LINK = Pattern.compile("(http://[^/\\s]+)(/oauth2/reset\\?link=(\\S+))");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Mailbox mailbox;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        mailbox = new Mailbox(folder.resolve("data"));
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = addressed("alice");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        mailbox.close();
    }

    private Person addressed(String username) {
        Person person = Person.create(server, username);
        assertThat(server.admin("PATCH", "/v1/users/" + person.id(), "{\"email\":\"" + username + "@people.example\"}")
                        .status())
                .isEqualTo(200);
        return person;
    }

    private Reader reader() {
        return new Reader(server, "orders");
    }

    private Got forgot(String username) {
        Reader reader = reader();
        reader.open(FORGOT);
        return reader.send(FORGOT, "username", username);
    }

    private String letter() throws IOException, InterruptedException {
        return Files.readString(mailbox.next());
    }

    private static Matcher link(String letter) {
        Matcher link = LINK.matcher(letter.replace("=\r\n", "").replace("=3D", "="));
        assertThat(link.find()).as(letter).isTrue();
        return link;
    }

    /// The path of the link in the next letter.
    private String link() throws IOException, InterruptedException {
        return link(letter()).group(2);
    }

    private Got choose(String link, String password) {
        Reader reader = reader();
        reader.open(link);
        return reader.send(RESET, "password", password);
    }

    private boolean signsIn(Person person, String password) {
        Reader reader = reader();
        reader.signIn(person.username(), password);
        return reader.cookies().containsKey("gatehouse-session");
    }

    @Test
    void aLetterLetsSomebodyChooseAPasswordOnceAndEndsWhatWasOpen() throws Exception {
        Reader open = reader();
        open.signIn(alice);
        assertThat(open.open("/oauth2/account").status()).isEqualTo(200);

        assertThat(forgot("Alice").status()).isEqualTo(200);
        Path file = mailbox.next();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String letter = Files.readString(file);
        assertThat(letter).contains("To: alice@people.example\r\n", "Auto-Submitted: auto-generated\r\n");
        Matcher link = link(letter);
        assertThat(link.group(1)).as("the address is the issuer's (L05)").isEqualTo(server.base("orders"));

        assertThat(reader().open(link.group(2)).status()).isEqualTo(200);
        assertThat(choose(link.group(2), NEW).status()).isEqualTo(200);
        assertThat(signsIn(alice, alice.password())).isFalse();
        assertThat(signsIn(alice, NEW)).isTrue();
        assertThat(open.open("/oauth2/account").status()).as("an old session").isEqualTo(303);
        assertThat(reader().open(link.group(2)).status()).as("used").isEqualTo(403);
        String audit = server.admin("GET", "/v1/audit?limit=200", "").text();
        assertThat(audit).contains("password reset").doesNotContain("people.example", link.group(3));
    }

    /// Nobody is promised a letter that nobody sends on; the operator says that somebody does.
    @Test
    void thePageOffersLettersWhereTheyGetToPeople() throws Exception {
        assertThat(reader().open("/oauth2/sign-in").text()).doesNotContain("id=\"forgot\"");
        server = server.restartedWith(folder, clock, "mail: {folder: " + folder.resolve("data/mail") + "}\n");
        assertThat(reader().open("/oauth2/sign-in").text()).contains("id=\"forgot\" href=\"" + FORGOT + "\"");
    }

    /// The trail says of a user that it got one, and nothing of names that nobody has.
    @Test
    void aLetterThatWentOutIsInTheTrail() throws Exception {
        assertThat(forgot("nobody").status()).isEqualTo(200);
        assertThat(forgot("alice").status()).isEqualTo(200);
        letter();
        String audit = "";
        for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                !audit.contains("user.letter") && System.nanoTime() < end; ) {
            audit = server.admin("GET", "/v1/audit?limit=200", "").text();
        }
        assertThat(audit).contains("user.letter", alice.id()).doesNotContain("people.example", "nobody");
    }

    /// What is seen, without what differs from page to page.
    private String seen(String username) {
        Got got = forgot(username);
        return got.status() + got.text();
    }

    /// GAUNTLET L01.
    @Test
    void nobodyLearnsWhoThereIs() {
        Person silent = Person.create(server, "silent");
        Person gone = addressed("gone");
        assertThat(server.admin("POST", "/v1/users/" + gone.id() + "/revoke", "")
                        .status())
                .isEqualTo(200);
        String known = seen("alice");
        assertThat(known).startsWith("200");
        assertThat(List.of("nobody", silent.username(), "gone", "alice@people.example", "\u00e4", "a b"))
                .allSatisfy(name -> assertThat(seen(name)).isEqualTo(known));
    }

    @Test
    void nobodysMailboxIsFilled() throws Exception {
        Person bob = addressed("bob");
        for (int i = 0; i < 5; i++) {
            assertThat(forgot("alice").status()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(forgot("bob").status()).isEqualTo(200);
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            letters.add(letter());
        }
        assertThat(letters).filteredOn(one -> one.contains("To: alice@")).hasSize(3);
        assertThat(letters)
                .filteredOn(one -> one.contains("To: " + bob.username() + "@"))
                .hasSize(1);
        assertThat(forgot("alice").status()).isEqualTo(200);
        assertThat(forgot("bob").status()).isEqualTo(200);
        assertThat(letter()).as("not a fourth").contains("To: bob@");
    }

    @Test
    void anAddressAsksSoOften() {
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name", "organization"));
        api.set("limits", RunningServer.JSON.readTree("{\"guesses\":{\"requests\":3,\"seconds\":3600}}"));
        assertThat(server.admin("PUT", "/v1/apis/orders", api.toString()).status())
                .isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(forgot("nobody" + i).status()).isEqualTo(200);
        }
        Got got = forgot("alice");
        assertThat(got.status()).isEqualTo(429);
        assertThat(Integer.parseInt(got.header("Retry-After"))).isPositive();
    }

    @Test
    void whatBecomesOfTheUserMeanwhileVoidsTheLink() throws Exception {
        forgot("alice");
        String link = link();
        assertThat(server.admin("PUT", "/v1/users/" + alice.id() + "/password", "{\"password\":\"set by somebody\"}")
                        .status())
                .isBetween(200, 204);
        assertThat(choose(link, NEW).status()).isEqualTo(403);
        assertThat(signsIn(alice, "set by somebody")).isTrue();
        assertThat(signsIn(alice, NEW)).isFalse();
    }

    @Test
    void linksEnd() throws Exception {
        forgot("alice");
        String link = link();
        clock.advance(Duration.ofHours(2).minusSeconds(1));
        assertThat(reader().open(link).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(reader().open(link).status()).isEqualTo(403);
    }

    @Test
    void aWeakPasswordIsRefusedAndTheLinkStaysGood() throws Exception {
        forgot("alice");
        String link = link();
        for (String weak : List.of("", "short", "password123", "alice", "x".repeat(257))) {
            assertThat(choose(link, weak).status()).as(weak).isEqualTo(403);
        }
        assertThat(choose(link, NEW).status()).isEqualTo(200);
    }

    @Test
    void itStandsForNoSecondFactor() throws Exception {
        Reader own = reader();
        own.signIn(alice);
        own.open(SecondFactorWorld.SECURITY);
        own.send(SecondFactorWorld.SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(own.page().text(), clock);
        assertThat(own.send(SecondFactorWorld.SECURITY, "code", app.code()).status())
                .isEqualTo(200);
        forgot("alice");
        assertThat(choose(link(), NEW).status()).isEqualTo(200);
        Reader reader = reader();
        reader.signIn("alice", NEW);
        assertThat(reader.page().text()).contains("id=\"verify\"");
        assertThat(reader.cookies()).doesNotContainKey("gatehouse-session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "~", "usr_x*1*api_x~1.x", "%00", "link=", "*****~*****"})
    void whatIsNoLinkIsNone(String link) {
        Got got = reader().open(RESET + "?link=" + link);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.text()).contains("id=\"error\"");
    }

    /// GAUNTLET L04.
    @Test
    void aLinkIsForItsUserAndItsApi() throws Exception {
        Person bob = addressed("bob");
        Setup.openIdApi(server, "parcels", "jwt");
        forgot("alice");
        String link = link();
        assertThat(reader().open(link.replace(alice.id(), bob.id())).status()).isEqualTo(403);
        assertThat(new Reader(server, "parcels").open(link).status()).isEqualTo(403);
        assertThat(reader().open(link).status()).isEqualTo(200);
    }

    /// GAUNTLET L06.
    @Test
    void aFormOfAnotherSiteChangesNothing() throws Exception {
        forgot("alice");
        String link = link();
        Reader reader = reader();
        reader.open(link);
        Got got = reader.post(RESET, reader.form("password", NEW), "Origin", "https://evil.example");
        assertThat(got.status()).isEqualTo(403);
        assertThat(signsIn(alice, alice.password())).isTrue();
    }
}
