package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a client registered for requests that do not say (OpenID Connect Registration section 2: `default_max_age`,
/// `require_auth_time`, `default_acr_values`), from the registration to the ID token.
class RegisteredDefaultsTest {
    private static final String REDIRECT = "https://notes.example.com/cb";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Registrations registrations;
    private Person alice;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "apps", List.of("things:read", "openid", "offline_access"), "orders");
        registrations = new Registrations(server, "orders").letting("""
                {"role": "apps", "open": true, "grant_types": ["authorization_code", "refresh_token"]}""");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        reader = new Reader(server, "orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A client that says this of itself, which it is told back, now and later.
    private String client(String member, String value) {
        JsonNode made = registrations.registered("{\"client_name\":\"Notes\",\"redirect_uris\":[\"" + REDIRECT
                + "\"],\"token_endpoint_auth_method\":\"none\",\"grant_types\":[\"authorization_code\","
                + "\"refresh_token\"],\"" + member + "\":" + value + "}");
        assertThat(made.get(member).toString()).isEqualTo(value);
        Got read = registrations.manage("GET", made, "");
        assertThat(read.json().get(member).toString()).isEqualTo(value);
        return made.get("client_id").asString();
    }

    private Got asked(String client, String more) {
        return reader.open("/oauth2/authorize?response_type=code&client_id=" + client + "&redirect_uri=" + REDIRECT
                + "&scope=openid%20offline_access&code_challenge=" + CodeFlow.CHALLENGE
                + "&code_challenge_method=S256" + more);
    }

    private void signsIn() {
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
    }

    /// What the client gets of a person who says yes, or has said it before.
    private JsonNode tokens(String client) {
        if (reader.page().text().contains("id=\"allow\"")) {
            reader.send("/oauth2/consent", "decision", "allow");
        }
        Matcher code = CODE.matcher(reader.onwards());
        assertThat(code.find()).isTrue();
        return token("grant_type=authorization_code&client_id=" + client + "&redirect_uri=" + REDIRECT
                + "&code_verifier=" + CodeFlow.VERIFIER + "&code="
                + URLDecoder.decode(code.group(1), StandardCharsets.UTF_8));
    }

    private JsonNode token(String form) {
        Got got = server.token("orders", form);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    private static JsonNode claims(JsonNode tokens) {
        String idToken = tokens.get("id_token").asString();
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(idToken.split("\\.", -1)[1]));
    }

    private static void question(Got got) {
        assertThat(got.text()).contains("id=\"allow\"").doesNotContain("id=\"sign-in\"");
    }

    private static void signIn(Got got) {
        assertThat(got.text()).contains("id=\"sign-in\"").doesNotContain("id=\"allow\"");
    }

    private static void silent(Got got, String error) {
        assertThat(got.header("Location")).startsWith(REDIRECT + "?").contains("error=" + error);
    }

    /// Whoever signed in longer ago signs in anew, and the ID token says when (Core section 3.1.2.1).
    @Test
    void aUsualAgeHoldsWhereTheRequestSaysNone() {
        String client = client("default_max_age", "60");
        reader.signIn(alice);
        Instant first = clock.instant();
        clock.advance(Duration.ofSeconds(60));
        question(asked(client, ""));
        assertThat(claims(tokens(client)).get("auth_time").asLong()).isEqualTo(first.getEpochSecond());
        clock.advance(Duration.ofSeconds(1));
        silent(asked(client, "&prompt=none"), "login_required");
        signIn(asked(client, ""));
        signsIn();
        reader.follow();
        JsonNode told = claims(tokens(client));
        assertThat(told.get("auth_time").asLong()).isEqualTo(clock.instant().getEpochSecond());
    }

    /// What the request says counts before what was registered, in both directions.
    @Test
    void anAgeThatIsAskedForCountsBeforeTheUsualOne() {
        String client = client("default_max_age", "60");
        reader.signIn(alice);
        clock.advance(Duration.ofMinutes(2));
        signIn(asked(client, ""));
        question(asked(client, "&max_age=120"));
        signIn(asked(client, "&max_age=119"));
        signIn(asked(client, "&max_age="));
    }

    @Test
    void aUsualAgeOfNothingAsksEachTime() {
        String client = client("default_max_age", "0");
        reader.signIn(alice);
        clock.advance(Duration.ofSeconds(1));
        silent(asked(client, "&prompt=none"), "login_required");
        signIn(asked(client, ""));
        signsIn();
        question(reader.follow());
    }

    /// `auth_time` is always there, though no age was asked for, and stays what it was.
    @Test
    void whoeverHasToBeToldWhenIsToldAlways() {
        String client = client("require_auth_time", "true");
        reader.signIn(alice);
        long when = clock.instant().getEpochSecond();
        clock.advance(Duration.ofMinutes(20));
        question(asked(client, ""));
        JsonNode tokens = tokens(client);
        assertThat(claims(tokens).get("auth_time").asLong()).isEqualTo(when);
        assertThat(claims(tokens).get("iat").asLong()).isEqualTo(when + 1200);
        clock.advance(Duration.ofMinutes(20));
        JsonNode next = token("grant_type=refresh_token&client_id=" + client + "&refresh_token="
                + tokens.get("refresh_token").asString());
        assertThat(claims(next).get("auth_time").asLong()).isEqualTo(when);
    }

    private AuthenticatorApp secondFactor() {
        reader.signIn(alice);
        reader.open("/oauth2/security");
        reader.send("/oauth2/security", "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        reader.send("/oauth2/security", "code", app.code());
        clock.advance(Duration.ofSeconds(1));
        return app;
    }

    /// As if the request had said them: whoever has a second factor shows it, and the ID token says so.
    @Test
    void usualAcrValuesHoldWhereTheRequestSaysNone() {
        String client = client("default_acr_values", "[\"2\"]");
        AuthenticatorApp app = secondFactor();
        silent(asked(client, "&prompt=none"), "login_required");
        signIn(asked(client, ""));
        signsIn();
        reader.send("/oauth2/second-factor", "code", app.code(1));
        question(reader.follow());
        assertThat(claims(tokens(client)).get("acr").asString()).isEqualTo("2");
    }

    @Test
    void acrValuesThatAreAskedForCountBeforeTheUsualOnes() {
        String client = client("default_acr_values", "[\"2\"]");
        secondFactor();
        question(asked(client, "&acr_values=1"));
        assertThat(claims(tokens(client)).get("acr").asString()).isEqualTo("1");
        signIn(asked(client, "&acr_values=2"));
    }

    /// They are a wish (Core section 3.1.2.1): whoever has no more goes on, and the ID token says what was done.
    @Test
    void usualAcrValuesKeepNobodyOut() {
        String client = client("default_acr_values", "[\"urn:example:gold\",\"2\"]");
        reader.signIn(alice);
        clock.advance(Duration.ofSeconds(1));
        question(asked(client, ""));
        assertThat(claims(tokens(client)).get("acr").asString()).isEqualTo("1");
    }
}
