package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET D07: what a client may end, and what comes of everything else. `orders` issues signed tokens,
/// `parcels` sealed ones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationTest {
    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String buyer = "";
    private Customer holder;
    private Customer other;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        buyer = Setup.role(server, "buyer", "orders", "parcels");
        holder = Customer.create(server, "holder", buyer);
        other = Customer.create(server, "other", buyer);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Got revoke(String api, Customer who, String form) {
        return server.form(
                api, "/oauth2/revoke", form, "Authorization", RunningServer.basic(who.clientId(), who.secret()));
    }

    private static String token(String text) {
        return "token=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int call(String api, String token) {
        return server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    private boolean active(String api, Customer who, String token) {
        return server.form(
                        api,
                        "/oauth2/introspect",
                        token(token),
                        "Authorization",
                        RunningServer.basic(who.clientId(), who.secret()))
                .json()
                .get("active")
                .asBoolean();
    }

    private int rows() {
        return server.admin("GET", "/v1/audit?limit=200", "")
                .json()
                .get("items")
                .size();
    }

    private static void done(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.text()).isEmpty();
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aClientEndsOneOfItsTokens(String api) {
        String token = server.mint(api, holder, "things:read");
        String second = server.mint(api, holder, "things:read");
        assertThat(call(api, token)).isEqualTo(200);
        assertThat(active(api, holder, token)).isTrue();
        done(revoke(api, holder, token(token)));
        assertThat(call(api, token)).isEqualTo(401);
        assertThat(active(api, holder, token)).isFalse();
        assertThat(call(api, second)).isEqualTo(200);
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + holder.apiKey())
                        .status())
                .isEqualTo(200);
        var row = server.admin("GET", "/v1/audit?limit=1", "").json().at("/items/0");
        assertThat(row.get("verb").asString()).isEqualTo("token.revoke");
        assertThat(row.toString()).contains(holder.secretId()).doesNotContain(token);
        int before = rows();
        done(revoke(api, holder, token(token)));
        assertThat(rows()).as("ending what has ended leaves no trace").isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh_token", "access_token", "nonsense"})
    void aLyingHintChangesNothing(String hint) {
        String token = server.mint("orders", holder, "things:read");
        done(revoke("orders", holder, "token_type_hint=" + hint + "&" + token(token)));
        assertThat(call("orders", token)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whatIsNotItsOwnStaysAndTheAnswerIsTheSame(String api) {
        String foreign = server.mint(api, other, "things:read");
        String elsewhere = server.mint(api.equals("orders") ? "parcels" : "orders", holder, "things:read");
        int before = rows();
        for (String text : List.of(
                foreign,
                elsewhere,
                foreign.substring(0, foreign.length() - 4) + "AAAA",
                holder.secret(),
                holder.apiKey(),
                "x",
                "é")) {
            done(revoke(api, holder, token(text)));
        }
        assertThat(rows()).isEqualTo(before);
        assertThat(call(api, foreign)).isEqualTo(200);
        assertThat(call(api.equals("orders") ? "parcels" : "orders", elsewhere)).isEqualTo(200);
        assertThat(call(api, holder.apiKey())).isEqualTo(200);
        assertThat(server.token(api, holder, "grant_type=client_credentials").status())
                .isEqualTo(200);
    }

    @Test
    void nobodyEndsAnythingWithoutProvingWhoItIs() {
        String token = server.mint("orders", holder, "things:read");
        Got none = server.form("orders", "/oauth2/revoke", token(token));
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.json().get("error").asString()).isEqualTo("invalid_client");
        for (String proof : List.of(
                RunningServer.basic(holder.clientId(), "wrong"),
                RunningServer.basic(holder.clientId(), other.secret()),
                "Bearer " + token,
                "Bearer " + holder.apiKey())) {
            assertThat(server.form("orders", "/oauth2/revoke", token(token), "Authorization", proof)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(revoke("orders", holder, "x=y").status()).isEqualTo(400);
        assertThat(revoke("orders", holder, token(token) + "&" + token(token)).status())
                .isEqualTo(400);
        assertThat(server.call("orders", "GET", "/oauth2/revoke?" + token(token))
                        .status())
                .isEqualTo(405);
        assertThat(call("orders", token)).isEqualTo(200);
    }

    /// Suspending takes back what resuming gives back; a token that was ended meanwhile is not among it.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aTokenThatIsEndedWhileItsCredentialIsSuspendedStaysEnded(String api) {
        Customer one = Customer.create(server, "suspended-" + api, buyer);
        var second = Customer.created(
                server,
                "/v1/applications/" + one.application() + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"second\",\"scopes\":\"role\"}");
        String token = server.mint(api, one, "things:read");
        String kept = server.mint(api, one, "things:read");
        assertThat(server.admin("POST", "/v1/credentials/" + one.secretId() + "/suspend", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(call(api, token)).isEqualTo(401);
        done(server.form(
                api,
                "/oauth2/revoke",
                token(token),
                "Authorization",
                RunningServer.basic(one.clientId(), second.get("secret").asString())));
        assertThat(server.admin("POST", "/v1/credentials/" + one.secretId() + "/resume", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(call(api, token)).isEqualTo(401);
        assertThat(call(api, kept)).isEqualTo(200);
    }

    @Test
    void theDocumentNamesTheEndpoint() {
        var document = server.call("parcels", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("revocation_endpoint").asString()).isEqualTo(server.base("parcels") + "/oauth2/revoke");
        assertThat(document.get("revocation_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"client_secret_basic\",\"client_secret_post\",\"private_key_jwt\",\"tls_client_auth\","
                        + "\"self_signed_tls_client_auth\"]");
    }

    /// Nothing is written for tokens that have expired.
    @Test
    void anExpiredTokenIsLeftToItself() throws IOException {
        TestClock later = new TestClock();
        Path own = java.nio.file.Files.createDirectory(folder.resolve("expiry"));
        try (RunningServer one = RunningServer.start(own, later)) {
            Setup.api(one, "orders", "jwt");
            Setup.api(one, "parcels", "sealed");
            Customer customer = Customer.create(one, "one", Setup.role(one, "buyer", "orders", "parcels"));
            for (String api : List.of("orders", "parcels")) {
                String token = one.mint(api, customer, "things:read");
                later.advance(Duration.ofMinutes(15));
                int before = one.admin("GET", "/v1/audit?limit=200", "")
                        .json()
                        .get("items")
                        .size();
                done(one.form(
                        api,
                        "/oauth2/revoke",
                        token(token),
                        "Authorization",
                        RunningServer.basic(customer.clientId(), customer.secret())));
                assertThat(one.admin("GET", "/v1/audit?limit=200", "")
                                .json()
                                .get("items")
                                .size())
                        .isEqualTo(before);
            }
        }
    }
}
