package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that people sign in with, and devices that lie (GAUNTLET L08). [PasskeyInChromiumTest] has a real browser.
class PasskeyTest {
    private static final String SESSION = "gatehouse-session";
    private static final String SIGN_IN = "/oauth2/sign-in";
    private static final String PASSKEY = "/oauth2/passkey";
    private static final String SECURITY = "/oauth2/security";
    private static final String EXPIRED = "This page was open for too long";
    private static final String ACCOUNT = "/oauth2/account";
    private static final Pattern FORM = Pattern.compile("<form id=\"(?:new-)?passkey\".*?</form>", Pattern.DOTALL);
    private static final Pattern SCRIPT =
            Pattern.compile("<script src=\"([^\"]*)\" integrity=\"([^\"]*)\" defer></script>");
    private static final Pattern HIDDEN = Pattern.compile("name=\"(form|challenge)\" value=\"([^\"]*)\"");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String origin = "";
    private Person alice;
    private final SoftPasskey phone = new SoftPasskey("alice's phone, thirty-two bytes.");

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        origin = Setup.namedApi(server, "orders");
        alice = Person.create(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reader reader() {
        return new Reader(server, "orders");
    }

    private static String hidden(Reader reader, String name) {
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

    private Got make(Reader reader, SoftPasskey key, SoftPasskey.Saying saying) {
        reader.open(SECURITY);
        String challenge = hidden(reader, "challenge");
        return reader.send(
                SECURITY, "challenge", challenge, "response", key.made(challenge, saying), "name", "Phone of alice");
    }

    private Reader made(Person who, SoftPasskey key) {
        Reader reader = reader();
        reader.signIn(who);
        assertThat(make(reader, key, SoftPasskey.honest(origin)).header("Location"))
                .isEqualTo(SECURITY);
        return reader;
    }

    private Got use(Reader reader, SoftPasskey key, String user, UnaryOperator<SoftPasskey.Saying> saying) {
        reader.open(SIGN_IN);
        return used(reader, key, user, saying, hidden(reader, "challenge"));
    }

    private Got used(
            Reader reader, SoftPasskey key, String user, UnaryOperator<SoftPasskey.Saying> saying, String challenge) {
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

    private static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    private static void refused(Reader reader) {
        refused(reader, "That passkey does not work here.");
    }

    private static void refused(Reader reader, String why) {
        assertThat(reader.page().status()).isEqualTo(403);
        assertThat(reader.page().text()).contains(why);
        assertThat(reader.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void aKeySignsItsPersonInWithoutNameAndPassword() {
        Reader owner = made(alice, phone);
        assertThat(owner.follow().text()).contains("Phone of alice").doesNotContain("Last used");
        Reader reader = reader();
        assertThat(use(reader, phone, alice.id(), it -> it).header("Location")).isEqualTo(ACCOUNT);
        assertThat(reader.follow().text()).contains("You are signed in as alice.");
        assertThat(owner.open(SECURITY).text()).contains("Last used");
    }

    /// What the Api's provider serves at the same address is no script of ours.
    @Test
    void pagesWithKeysRunOurScriptAndNoOther() throws NoSuchAlgorithmException {
        Got page = reader().open(SIGN_IN);
        String path = SCRIPT.matcher(page.text())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(path).matches("/oauth2/pages/passkey-[0-9a-f]{16}\\.js");
        assertThat(page.header("Content-Security-Policy"))
                .endsWith("; script-src " + origin + path + "; require-trusted-types-for 'script'");
        Got script = server.call("orders", "GET", path);
        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(page.text()).contains("integrity=\"sha256-" + sha256(script.text()) + "\"");
        Reader reader = reader();
        reader.signIn(alice);
        assertThat(reader.open(ACCOUNT).header("Content-Security-Policy")).doesNotContain("script");
        assertThat(reader.open(SECURITY).header("Content-Security-Policy")).contains("; script-src " + origin + path);
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    /// A script of another release is nobody's: whatever the provider would answer there is not asked for.
    @Test
    void whereOurFilesAreNothingElseIs() {
        for (String path : List.of("passkey-0123456789abcdef.js", "", "x/y", "style.css.map")) {
            Got none = server.call("orders", "GET", "/oauth2/pages/" + path);
            assertThat(none.status()).as(path).isEqualTo(404);
            assertThat(none.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    static Stream<UnaryOperator<SoftPasskey.Saying>> lies() {
        return Stream.of(
                it -> it.from("https://evil.example"),
                it -> it.from("http://localhost"),
                it -> it.at("evil.example"),
                it -> it.as("webauthn.create"),
                it -> it.with(SoftPasskey.PRESENT),
                it -> it.with(SoftPasskey.VERIFIED),
                it -> it.with(0));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aDeviceThatSaysOtherThingsOpensNothing(UnaryOperator<SoftPasskey.Saying> lie) {
        made(alice, phone);
        Reader reader = reader();
        use(reader, phone, alice.id(), lie);
        refused(reader);
    }

    static Stream<UnaryOperator<SoftPasskey.Saying>> liesOfMaking() {
        return Stream.of(
                it -> it.from("https://evil.example"),
                it -> it.at("evil.example"),
                it -> it.as("webauthn.get"),
                it -> it.with(SoftPasskey.PRESENT));
    }

    @ParameterizedTest
    @MethodSource("liesOfMaking")
    void aKeyThatIsMadeOtherwiseIsNotKept(UnaryOperator<SoftPasskey.Saying> lie) {
        Reader reader = reader();
        reader.signIn(alice);
        assertThat(make(reader, phone, lie.apply(SoftPasskey.honest(origin))).status())
                .isEqualTo(403);
        assertThat(reader.page().text())
                .contains("That did not make a passkey.")
                .doesNotContain("Phone of alice");
    }

    @Test
    void aChallengeIsAnsweredOnceAndInItsBrowser() {
        made(alice, phone);
        Reader reader = reader();
        reader.open(SIGN_IN);
        String challenge = hidden(reader, "challenge");
        assertThat(used(reader, phone, alice.id(), it -> it, challenge).status())
                .isEqualTo(303);
        Reader again = reader();
        again.cookies().putAll(reader.cookies());
        again.cookies().remove(SESSION);
        again.open(SIGN_IN);
        used(again, phone, alice.id(), it -> it, challenge);
        refused(again);
        Reader elsewhere = reader();
        elsewhere.open(SIGN_IN);
        String foreign = hidden(elsewhere, "challenge");
        Reader other = reader();
        other.open(SIGN_IN);
        used(other, phone, alice.id(), it -> it, foreign);
        refused(other, EXPIRED);
        other.open(SIGN_IN);
        used(other, phone, alice.id(), it -> it, "made-up");
        refused(other, EXPIRED);
        other.open(SIGN_IN);
        clock.advance(Duration.ofMinutes(10));
        used(other, phone, alice.id(), it -> it, hidden(other, "challenge"));
        refused(other, EXPIRED);
    }

    /// Nobody makes the server remember challenges by proving nothing.
    @Test
    void aChallengeIsUsedUpByWhatIsRightOnly() {
        made(alice, phone);
        Reader reader = reader();
        reader.open(SIGN_IN);
        String challenge = hidden(reader, "challenge");
        used(reader, phone, alice.id(), it -> it.at("evil.example"), challenge);
        refused(reader);
        assertThat(used(reader, phone, alice.id(), it -> it, challenge).header("Location"))
                .isEqualTo(ACCOUNT);
    }

    /// GAUNTLET L01: whoever has too many wrong answers is not looked at; a page that was sent twice costs nothing.
    @Test
    void wrongAnswersAreGuesses() {
        Setup.guesses(server, "orders", 2);
        made(alice, phone);
        Reader again = reader();
        again.open(SIGN_IN);
        String stale = hidden(again, "challenge");
        used(again, phone, alice.id(), it -> it, stale);
        for (int i = 0; i < 3; i++) {
            again.cookies().remove(SESSION);
            again.open(SIGN_IN);
            used(again, phone, alice.id(), it -> it, stale);
            refused(again);
        }
        Reader thief = reader();
        for (int i = 0; i < 2; i++) {
            use(thief, new SoftPasskey("none"), alice.id(), it -> it);
            refused(thief);
        }
        Got over = use(thief, phone, alice.id(), it -> it);
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.header("Retry-After")).isNotEmpty();
        assertThat(thief.cookies()).doesNotContainKey(SESSION);
    }

    static Stream<String> garbage() {
        String whole = "{'id':'AQ','rawId':'AQ','type':'public-key','response':{'clientDataJSON':'e30',"
                + "'authenticatorData':'AA','signature':'AA','userHandle':'AA','attestationObject':'oA'},"
                + "'clientExtensionResults':{}}";
        return Stream.concat(
                        Stream.of(
                                "",
                                "x",
                                "null",
                                "[]",
                                "{}",
                                "7",
                                "\"\"",
                                "{'response':null}",
                                "{'type':'public-key'}",
                                "{'id':7,'rawId':[],'type':{},'response':'x'}",
                                "[".repeat(1_500),
                                "{'response':".repeat(250),
                                whole,
                                whole.replace("'AQ'", "'**'"),
                                whole.replace("'oA'", "'v4A'"),
                                whole.replace("'oA'", "'o2NmbXRkbm9uZQ'"),
                                whole.replace("'oA'", "'gICA'")),
                        Stream.of(
                                        "id",
                                        "rawId",
                                        "type",
                                        "response",
                                        "clientDataJSON",
                                        "authenticatorData",
                                        "signature",
                                        "userHandle",
                                        "attestationObject")
                                .map(member -> whole.replace("'" + member + "'", "'other'")))
                .map(text -> text.replace('\'', '"'));
    }

    /// An answer that cannot be read is a wrong one, whoever sends it: never a fault of ours.
    @ParameterizedTest
    @MethodSource("garbage")
    void whatIsNoAnswerIsRefused(String text) {
        Reader reader = reader();
        reader.open(SIGN_IN);
        reader.post(
                PASSKEY,
                form("form", hidden(reader, "form"), "challenge", hidden(reader, "challenge"), "response", text));
        refused(reader);
        reader.signIn(alice);
        reader.open(SECURITY);
        reader.send(SECURITY, "challenge", hidden(reader, "challenge"), "response", text, "name", "x");
        assertThat(reader.page().status()).isEqualTo(text.isEmpty() ? 400 : 403);
        assertThat(reader.page().text())
                .contains(text.isEmpty() ? "This request cannot be read." : "That did not make a passkey.");
    }

    /// Whoever was in for ten minutes leaves nothing behind that outlasts what the owner does then (GAUNTLET L04).
    @ParameterizedTest
    @ValueSource(strings = {"password", "cut"})
    void anotherPasswordAndACutEndKeys(String verb) {
        made(alice, phone);
        String at = "/v1/users/" + alice.id() + "/" + verb;
        Got done = verb.equals("password")
                ? server.admin("PUT", at, "{\"password\":\"another password of alice\"}")
                : server.admin("POST", at, "{}");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        Reader thief = reader();
        use(thief, phone, alice.id(), it -> it);
        refused(thief);
        Reader owner = reader();
        owner.signIn(alice.username(), verb.equals("password") ? "another password of alice" : alice.password());
        assertThat(owner.open(SECURITY).text()).contains("Phone of alice", "It opens nothing any more");
        assertThat(make(owner, new SoftPasskey("another"), SoftPasskey.honest(origin))
                        .status())
                .isEqualTo(303);
    }

    /// Whoever knows the password alone can make a key; it goes when the owner sets up a second factor
    /// (GAUNTLET L08).
    @Test
    void aKeyThatAPasswordMadeGoesWhenAnAppIsSetUp() {
        made(alice, phone);
        Reader thief = reader();
        assertThat(use(thief, phone, alice.id(), it -> it).status()).isEqualTo(303);
        Reader owner = reader();
        owner.signIn(alice);
        AuthenticatorApp app = app(owner);
        assertThat(owner.open(ACCOUNT).status()).isEqualTo(200);
        assertThat(owner.open(SECURITY).text()).doesNotContain("Phone of alice");
        assertThat(thief.open(ACCOUNT).status()).isEqualTo(303);
        Reader again = reader();
        use(again, phone, alice.id(), it -> it);
        refused(again);
        clock.advance(Duration.ofSeconds(30));
        Reader both = reader();
        both.signIn(alice);
        both.send("/oauth2/second-factor", "code", app.code());
        SoftPasskey laptop = new SoftPasskey("laptop");
        assertThat(make(both, laptop, SoftPasskey.honest(origin)).status()).isEqualTo(303);
        assertThat(trail()).doesNotContain("\"hwk pop mfa\"");
        assertThat(use(reader(), laptop, alice.id(), it -> it).status()).isEqualTo(303);
        assertThat(trail()).as("made with both").contains("\"hwk pop mfa\"");
    }

    private String trail() {
        return server.admin("GET", "/v1/audit?limit=50", "").text();
    }

    private AuthenticatorApp app(Reader reader) {
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SECURITY, "code", app.code()).status()).isEqualTo(200);
        return app;
    }

    @Test
    void aNameIsCutInWholeCharacters() {
        Reader reader = reader();
        reader.signIn(alice);
        reader.open(SECURITY);
        String challenge = hidden(reader, "challenge");
        String name = "x".repeat(59) + "\ud83d\udd11\ud83d\udd11";
        reader.send(
                SECURITY,
                "challenge",
                challenge,
                "response",
                phone.made(challenge, SoftPasskey.honest(origin)),
                "name",
                name);
        assertThat(reader.follow().text()).contains("x".repeat(59) + "\ud83d\udd11</bdi>");
    }

    /// One challenge makes one key, in the browser and for the purpose that it was drawn for.
    @Test
    void aChallengeMakesOneKey() {
        Reader reader = made(alice, phone);
        reader.open(SECURITY);
        String challenge = hidden(reader, "challenge");
        for (String key : List.of("second", "third")) {
            reader.open(SECURITY);
            reader.send(
                    SECURITY,
                    "challenge",
                    challenge,
                    "response",
                    new SoftPasskey(key).made(challenge, SoftPasskey.honest(origin)),
                    "name",
                    key);
        }
        assertThat(reader.page().status()).isEqualTo(403);
        assertThat(reader.open(SECURITY).text()).contains(">second<").doesNotContain(">third<");
    }

    @Test
    void aKeyIsOfItsPersonAndNobodyElse() {
        made(alice, phone);
        Person mallory = Person.create(server, "mallory");
        SoftPasskey hers = new SoftPasskey("mallory's phone");
        made(mallory, hers);
        for (List<Object> lie : List.<List<Object>>of(
                List.of(phone, mallory.id()),
                List.of(hers, alice.id()),
                List.of(new SoftPasskey("none"), alice.id()))) {
            Reader reader = reader();
            use(reader, (SoftPasskey) lie.get(0), (String) lie.get(1), it -> it);
            refused(reader);
        }
        Reader reader = reader();
        use(reader, new SoftPasskey("alice's phone, thirty-two bytes."), alice.id(), it -> it);
        refused(reader);
    }

    /// WebAuthn section 6.1.1: of two that count the same one is a copy.
    @Test
    void whatCountsHasToCountOn() {
        Reader reader = reader();
        reader.signIn(alice);
        make(reader, phone, SoftPasskey.honest(origin).counting(5));
        Reader copy = reader();
        String before = trail();
        use(copy, phone, alice.id(), it -> it.counting(5));
        refused(copy);
        assertThat(trail().split("session.open", -1))
                .as("nothing was opened")
                .hasSameSizeAs(before.split("session.open", -1));
        assertThat(use(reader(), phone, alice.id(), it -> it.counting(6)).status())
                .isEqualTo(303);
        use(copy, phone, alice.id(), it -> it.counting(6));
        refused(copy);
        use(copy, phone, alice.id(), it -> it.counting(0));
        refused(copy);
        assertThat(server.admin("GET", "/v1/audit?limit=50", "").text()).contains("passkey.copied");
        assertThat(reader.open(SECURITY).text()).contains("a copy of this passkey was turned away");
    }

    @Test
    void aKeyThatIsTakenBackEndsItsLoginsAndNoOthers() {
        Reader owner = made(alice, phone);
        SoftPasskey laptop = new SoftPasskey("laptop");
        make(owner, laptop, SoftPasskey.honest(origin));
        Reader byPhone = reader();
        use(byPhone, phone, alice.id(), it -> it);
        Reader byLaptop = reader();
        use(byLaptop, laptop, alice.id(), it -> it);
        owner.open(SECURITY);
        assertThat(owner.send(SECURITY, "remove-passkey", phone.id()).status()).isEqualTo(303);
        assertThat(byPhone.open(ACCOUNT).status()).isEqualTo(303);
        assertThat(byLaptop.open(ACCOUNT).status()).isEqualTo(200);
        assertThat(owner.open(ACCOUNT).status()).isEqualTo(200);
        Reader reader = reader();
        use(reader, phone, alice.id(), it -> it);
        refused(reader);
        assertThat(server.admin("POST", "/v1/users/" + alice.id() + "/factors/remove", "{}")
                        .text())
                .contains("\"passkeys\":0");
        assertThat(byLaptop.open(ACCOUNT).status()).isEqualTo(303);
        assertThat(owner.open(ACCOUNT).status()).isEqualTo(200);
    }

    @Test
    void whoeverIsHeldStaysOutside() {
        made(alice, phone);
        server.admin("POST", "/v1/users/" + alice.id() + "/suspend", "{}");
        Reader reader = reader();
        use(reader, phone, alice.id(), it -> it);
        refused(reader);
    }
}
