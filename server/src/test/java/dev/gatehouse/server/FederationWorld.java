package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// People who sign in by a provider of somebody else's.
abstract class FederationWorld {
    static final String FEDERATION = "/oauth2/federation";
    static final String SECURITY = "/oauth2/security";
    static final String ACCOUNT = "/oauth2/account";
    static final String SIGN_IN = "/oauth2/sign-in";
    static final String SESSION = "gatehouse-session";
    static final String COOKIE = "gatehouse-federation";
    static final String PROVIDERS = "/v1/identity-providers";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    FakeProvider provider;
    FakeProvider inside;
    RunningServer server;
    Person alice;
    String role;
    String acme;

    @BeforeEach
    final void open() throws IOException {
        provider = new FakeProvider(clock);
        inside = new FakeProvider(clock);
        server = RunningServer.with(folder, clock, FakeProvider.config(provider, inside));
        Setup.openIdApi(server, "orders", "jwt");
        role = Setup.role(server, "buyers", "orders");
        alice = Person.create(server, "alice", Optional.of(role));
        acme = added("acme", "").get("id").asString();
    }

    @AfterEach
    final void close() {
        server.close();
        provider.close();
        inside.close();
    }

    final JsonNode added(String name, String more) {
        return Customer.created(server, PROVIDERS, asked(name, provider.issuer(), more));
    }

    static String asked(String name, String issuer, String more) {
        return "{\"name\":\"%s\",\"title\":\"Acme & Söhne\",\"issuer\":\"%s\",\"client_id\":\"gatehouse\""
                        .formatted(name, issuer)
                + ",\"client_secret\":\"" + FakeProvider.SECRET + "\",\"scopes\":[\"email\"],\"apis\":[\"orders\"]"
                + more
                + "}";
    }

    final Got changed(String more) {
        Got got = server.admin("PATCH", PROVIDERS + "/" + acme, "{" + more + "}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got;
    }

    /// Whoever comes for the first time becomes a user from now on.
    final void joining() {
        changed("\"joining\":{\"organization\":\"" + Setup.root(server) + "\",\"role\":\"" + role + "\"}");
    }

    final Reader reader() {
        return new Reader(server, "orders");
    }

    final Reader signedIn() {
        Reader reader = reader();
        assertThat(reader.signIn(alice).status()).isEqualTo(303);
        return reader;
    }

    /// Presses the button of the page that is open; where the provider's own page is.
    final String leaving(Reader reader, String... pressed) {
        Got got = reader.send(FEDERATION, pressed);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Refresh")).startsWith("0; url=" + provider.issuer() + "/authorize?tenant=1&");
        assertThat(reader.cookies()).containsKey(COOKIE);
        return got.header("Refresh").substring("0; url=".length());
    }

    final String leaving(Reader reader) {
        reader.open(SIGN_IN);
        return leaving(reader, "provider", "acme");
    }

    static String back(Map<String, String> parameters) {
        return back("acme", parameters);
    }

    static String back(String name, Map<String, String> parameters) {
        return FEDERATION + "/" + name + "/callback?"
                + parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /// Goes to the provider from the sign-in page and comes back as this subject.
    final Got through(Reader reader, String subject) {
        return reader.open(back(provider.agree(leaving(reader), subject)));
    }

    final Got through(Reader reader, Map<String, Object> claims) {
        return reader.open(back(provider.agree(leaving(reader), claims)));
    }

    /// Whoever is signed in links an account, and says that it is its own.
    final Got linked(Reader reader, String subject) {
        reader.open(SECURITY);
        Got asked = reader.open(back(provider.agree(leaving(reader, "link", "acme"), subject)));
        assertThat(asked.text()).contains("id=\"link\"");
        return reader.send(FEDERATION);
    }

    static void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.text()).contains("id=\"error\"", "You cannot sign in here with this account.");
        assertThat(got.headers().keySet()).noneMatch(name -> name.equalsIgnoreCase("Location"));
    }

    static boolean in(Reader reader) {
        return reader.open(ACCOUNT).status() == 200;
    }

    final JsonNode identities(String user) {
        return server.admin("GET", "/v1/users/" + user + "/identities", "")
                .json()
                .get("items");
    }
}
