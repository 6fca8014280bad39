package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Codes of an app and of recovery, asked for after the password (GAUNTLET L02, L04, L08).
class SecondFactorTest {
    static final String SECOND = "/oauth2/second-factor";
    static final String SECURITY = "/oauth2/security";
    private static final String SESSION = "gatehouse-session";
    private static final String SIGN_IN = "/oauth2/sign-in";
    private static final String ACCOUNT = "/oauth2/account";
    private static final Pattern CODES = Pattern.compile("<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>");
    private static final Duration STEP = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reader reader() {
        return new Reader(server, "orders");
    }

    /// Signs in, sets up an app and steps on, so that its next code has not been used.
    private AuthenticatorApp enrolled(Reader reader) {
        reader.signIn(alice);
        AuthenticatorApp app = setUp(reader);
        clock.advance(STEP);
        return app;
    }

    private AuthenticatorApp setUp(Reader reader) {
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SECURITY, "code", app.code()).status()).isEqualTo(200);
        return app;
    }

    private static List<String> codes(Reader reader) {
        return CODES.matcher(reader.page().text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// As far as the second question.
    private Reader halfway() {
        Reader reader = reader();
        assertThat(reader.signIn(alice).status()).isEqualTo(200);
        assertThat(reader.page().text()).contains("id=\"verify\"", "name=\"code\"");
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
        return reader;
    }

    private static Got typed(Reader reader, String code) {
        return reader.send(SECOND, "code", code);
    }

    @Test
    void anAppThatIsSetUpIsAskedForAfterThePassword() {
        AuthenticatorApp app = enrolled(reader());
        Reader reader = halfway();
        Got got = typed(reader, app.code());
        assertThat(got.status()).isEqualTo(303);
        assertThat(got.header("Location")).isEqualTo(ACCOUNT);
        assertThat(reader.cookies().get(SESSION)).startsWith("ghl_");
        assertThat(reader.follow().text()).contains("You are signed in as alice.");
    }

    @Test
    void settingUpShowsTheSecretAndTakesACodeOfIt() {
        Reader reader = reader();
        reader.signIn(alice);
        assertThat(reader.open(SECURITY).text()).contains("id=\"set-up\"").doesNotContain("id=\"remove\"");
        Got shown = reader.send(SECURITY, "set-up", "yes");
        assertThat(shown.text())
                .contains("otpauth://totp/", ":alice?secret=", "&amp;issuer=", "algorithm=SHA1&amp;digits=6")
                .doesNotContain("<script");
        AuthenticatorApp app = AuthenticatorApp.scanning(shown.text(), clock);
        Got wrong = reader.send(SECURITY, "code", app.wrong());
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.text()).contains("That code does not belong to the key.");
        assertThat(AuthenticatorApp.scanning(wrong.text(), clock).secret())
                .as("mistyped, not lost")
                .isEqualTo(app.secret());
        String right = reader.form("code", app.code());
        assertThat(reader.open(SECURITY).text()).as("nothing is set up").contains("id=\"set-up\"");
        assertThat(reader.post(SECURITY, right.replaceFirst("secret=[A-Z2-7]{4}", "secret=ABCD"))
                        .status())
                .as("a secret that nobody drew")
                .isEqualTo(403);
        assertThat(reader.post(SECURITY, right).status()).isEqualTo(200);
        assertThat(codes(reader)).hasSize(10).doesNotHaveDuplicates();
        assertThat(reader.open(SECURITY).text()).contains("id=\"remove\"", "10 left");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "12345", "1234567", "abcd-efgh-jkmn", "<b>", "\u0661\u0662\u0663\u0664\u0665\u0666"})
    void nothingElseOpensAnything(String code) {
        enrolled(reader());
        Reader reader = halfway();
        Got got = typed(reader, code);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.text()).contains("That code does not work").doesNotContain("<b>");
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void aCodeIsUsedOnceAndOneStepAroundNowIsTaken() {
        AuthenticatorApp app = enrolled(reader());
        String code = app.code();
        assertThat(typed(halfway(), code).status()).isEqualTo(303);
        assertThat(typed(halfway(), code).status()).as("again").isEqualTo(403);
        assertThat(typed(halfway(), app.code(-1)).status()).as("one before it").isEqualTo(403);
        assertThat(typed(halfway(), app.code(2)).status()).as("too early").isEqualTo(403);
        assertThat(typed(halfway(), app.code(1)).status()).isEqualTo(303);
        clock.advance(STEP.multipliedBy(3));
        assertThat(typed(halfway(), app.code(-2)).status()).as("too late").isEqualTo(403);
        assertThat(typed(halfway(), app.code(-1)).status()).isEqualTo(303);
    }

    @Test
    void aRecoveryCodeGetsInOnce() {
        Reader reader = reader();
        reader.signIn(alice);
        setUp(reader);
        List<String> first = codes(reader);
        Reader whole = halfway();
        assertThat(typed(whole, first.getFirst()).status()).isEqualTo(303);
        assertThat(typed(halfway(), first.getFirst()).status()).isEqualTo(403);
        assertThat(typed(halfway(), first.get(1).replace("-", " ").toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(303);
        assertThat(whole.open(SECURITY).text()).contains("8 left");
        whole.send(SECURITY, "renew", "yes");
        List<String> second = codes(whole);
        assertThat(second).hasSize(10).doesNotContainAnyElementsOf(first);
        assertThat(typed(halfway(), first.get(2)).status()).as("one of before").isEqualTo(403);
        assertThat(typed(halfway(), second.getFirst()).status()).isEqualTo(303);
    }

    @Test
    void guessesAreFew() {
        AuthenticatorApp app = enrolled(reader());
        Reader reader = halfway();
        List<Integer> answers = IntStream.range(0, 12)
                .mapToObj(_ -> typed(reader, app.wrong()).status())
                .toList();
        assertThat(answers.stream().filter(status -> status == 403)).hasSize(10);
        assertThat(answers.getLast()).isEqualTo(429);
        assertThat(Integer.parseInt(reader.page().header("Retry-After"))).isPositive();
        Reader other = halfway();
        assertThat(typed(other, app.code()).status()).as("the right one too").isEqualTo(429);
        clock.advance(Duration.ofMinutes(10));
        assertThat(typed(halfway(), app.code()).status()).isEqualTo(303);
    }

    /// Whoever knows the password and guesses does not keep its owner out.
    @Test
    void guessesAtTheAppKeepNobodyFromRecovering() {
        Reader reader = reader();
        reader.signIn(alice);
        AuthenticatorApp app = setUp(reader);
        List<String> codes = codes(reader);
        Reader thief = halfway();
        IntStream.range(0, 12).forEach(_ -> typed(thief, app.wrong()));
        assertThat(thief.page().status()).isEqualTo(429);
        assertThat(typed(halfway(), codes.getFirst()).status()).isEqualTo(303);
    }

    @Test
    void theSecondStepIsNobodysFirst() {
        AuthenticatorApp app = enrolled(reader());
        Reader reader = reader();
        reader.open(SIGN_IN);
        assertThat(typed(reader, app.code()).status()).as("of the form before").isEqualTo(403);
        assertThat(reader.open(SECOND).text()).contains("id=\"sign-in\"");
        assertThat(typed(reader, app.code()).status()).isEqualTo(403);
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void whatWasProvenIsThisBrowsersAndNotChanged() {
        AuthenticatorApp app = enrolled(reader());
        Person mallory = Person.create(server, "mallory");
        Reader reader = halfway();
        String form = reader.form("code", app.code());
        Reader elsewhere = reader();
        elsewhere.open(SIGN_IN);
        assertThat(elsewhere.post(SECOND, form).status()).isEqualTo(403);
        Reader hers = reader();
        assertThat(hers.signIn(mallory).status()).isEqualTo(303);
        hers.post(SECOND, form);
        assertThat(hers.open(ACCOUNT).text()).contains("You are signed in as mallory.");
        assertThat(reader.post(SECOND, form.replace("pwd", "mfa")).status()).isEqualTo(403);
        assertThat(reader.post(SECOND, form).status()).isEqualTo(303);
    }

    @Test
    void whatWasProvenHoldsForAWhileAndWhileItIsTrue() {
        AuthenticatorApp app = enrolled(reader());
        Reader late = halfway();
        clock.advance(Duration.ofMinutes(10));
        assertThat(typed(late, app.code()).status()).isEqualTo(403);
        assertThat(late.page().text()).contains("id=\"sign-in\"");
        Reader changed = halfway();
        assertThat(server.admin(
                                "PUT",
                                "/v1/users/" + alice.id() + "/password",
                                "{\"password\":\"another correct horse\"}")
                        .status())
                .isBetween(200, 204);
        assertThat(typed(changed, app.code()).status()).isEqualTo(403);
        assertThat(changed.cookies()).doesNotContainKey(SESSION);
    }

    /// What is cut above a user ends what it has proven, and it was proven at this Api only.
    @Test
    void whatWasProvenEndsWithACutAndIsOfOneApi() {
        AuthenticatorApp app = enrolled(reader());
        Setup.openIdApi(server, "parcels", "jwt");
        String root = Setup.root(server);
        for (String cut : List.of("/v1/organizations/" + root, "/v1/users/" + alice.id())) {
            Reader reader = halfway();
            assertThat(server.admin("POST", cut + "/cut", "{}").status()).isEqualTo(200);
            assertThat(typed(reader, app.code()).status()).as(cut).isEqualTo(403);
            assertThat(reader.cookies()).doesNotContainKey(SESSION);
        }
        Reader here = halfway();
        String form = here.form("code", app.code());
        Reader there = new Reader(server, "parcels");
        there.cookies().putAll(here.cookies());
        assertThat(there.post(SECOND, form).status()).isEqualTo(403);
        assertThat(there.cookies()).doesNotContainKey(SESSION);
        assertThat(here.post(SECOND, form).status()).isEqualTo(303);
    }

    /// Whoever knows the password alone is out, and what it has left changes nothing.
    @Test
    void anAppEndsAllLoginsThatShowedNoCode() {
        Reader thief = reader();
        thief.signIn(alice);
        assertThat(thief.open(SECURITY).text()).contains("id=\"set-up\"");
        String form = thief.form("set-up", "yes");
        Reader reader = reader();
        AuthenticatorApp app = enrolled(reader);
        assertThat(thief.post(SECURITY, form).header("Location")).isEqualTo(SIGN_IN);
        assertThat(thief.open(ACCOUNT).header("Location")).isEqualTo(SIGN_IN);
        assertThat(reader.open(ACCOUNT).text()).as("who did it goes on").contains("You are signed in as alice.");
        for (String change : List.of("set-up", "remove", "renew")) {
            reader.open(SECURITY);
            assertThat(reader.send(SECURITY, change, "yes").text())
                    .as(change + " in a login that is older than the app")
                    .contains("id=\"sign-in\"", "value=\"security\"");
        }
        Reader whole = halfway();
        assertThat(typed(whole, app.code()).status()).isEqualTo(303);
        whole.open(SECURITY);
        assertThat(whole.send(SECURITY, "renew", "yes").status()).isEqualTo(200);
    }

    @Test
    void whoeverIsSignedInForAWhileProvesItselfAgainBeforeAnythingIsChanged() {
        Reader reader = reader();
        AuthenticatorApp app = enrolled(reader);
        clock.advance(Duration.ofMinutes(10));
        reader.open(SECURITY);
        assertThat(reader.send(SECURITY, "remove", "yes").text())
                .contains("id=\"sign-in\"", "value=\"security\"", "value=\"alice\"");
        assertThat(reader.send(SIGN_IN, "username", "alice", "password", alice.password())
                        .text())
                .contains("id=\"verify\"");
        assertThat(typed(reader, app.code()).header("Location")).isEqualTo(SECURITY);
        reader.follow();
        assertThat(reader.send(SECURITY, "remove", "yes").header("Location")).isEqualTo(SECURITY);
        assertThat(reader.follow().text()).contains("id=\"set-up\"");
        assertThat(reader().signIn(alice).status()).as("nothing more is asked").isEqualTo(303);
    }

    @Test
    void aFormOfAnotherLoginChangesNothing() {
        Reader here = reader();
        enrolled(here);
        here.open(SECURITY);
        String form = here.form("remove", "yes");
        Person bob = Person.create(server, "bob");
        Reader there = reader();
        there.signIn(bob);
        assertThat(there.post(SECURITY, form).status()).isEqualTo(403);
        assertThat(here.open(SECURITY).text()).contains("id=\"remove\"");
    }

    @Test
    void nothingOfTheSecretIsInTheDatabaseOrTheTrail() throws IOException {
        Reader reader = reader();
        reader.signIn(alice);
        AuthenticatorApp app = setUp(reader);
        List<String> codes = codes(reader);
        String kept = stored();
        assertThat(kept).contains("factor.enrol");
        codes.forEach(code -> assertThat(kept).doesNotContain(code, code.replace("-", "")));
        assertThat(kept).doesNotContain(new String(app.secret(), StandardCharsets.ISO_8859_1));
    }

    /// All that is on disk.
    private String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
