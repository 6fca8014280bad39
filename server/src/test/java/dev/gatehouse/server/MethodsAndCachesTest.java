package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K10, K11 and L05: one policy per method, nothing credentialed in a cache, nothing built from a name
/// that a caller made up.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MethodsAndCachesTest {
    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer customer;
    private String reading = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
        reading = "Authorization: Bearer " + server.mint("orders", customer, "things:read");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void headIsDecidedLikeGet() {
        assertThat(server.raw("orders", "HEAD /things", reading).status()).isEqualTo(200);
        assertThat(server.raw("orders", "HEAD /things").status()).isEqualTo(401);
        assertThat(server.raw("orders", "HEAD /things", "Authorization: Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(server.raw("orders", "HEAD /nothing", reading).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "OPTIONS", "DELETE", "PROPFIND"})
    void aMethodWithoutARouteIs405WithAllow(String method) {
        RawClient.Answer answer = server.raw("orders", method + " /things", reading);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "gET", "G%45T", "GET\u00a0", "G\u0131T"})
    void aMethodInAnotherSpellingIs400(String method) {
        assertThat(server.raw("orders", method + " /things", reading).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X_HTTP_METHOD_OVERRIDE"})
    void noHeaderChangesTheMethod(String name) {
        RawClient.Answer get = server.raw("orders", "GET /things", reading, name + ": DELETE");
        assertThat(get.status()).isEqualTo(200);
        var seen = RunningServer.JSON.readTree(get.body());
        assertThat(seen.get("method").asString()).isEqualTo("GET");
        assertThat(seen.get("headers").toString()).doesNotContain("DELETE");
        RawClient.Answer post = server.raw("orders", "POST /things", reading, name + ": GET", "Content-Length: 0");
        assertThat(post.status()).isEqualTo(403);
    }

    @Test
    void everyAnswerThatRestsOnACredentialIsKeptByNobody() {
        List<RawClient.Answer> answers = List.of(
                server.raw("orders", "GET /things", reading),
                server.raw("orders", "GET /things/x.css", reading),
                server.raw("orders", "GET /me", reading),
                server.raw("orders", "HEAD /me", reading),
                server.raw("orders", "GET /things"),
                server.raw("orders", "GET /things", "Authorization: Bearer wrong"),
                server.raw("orders", "GET /things", "Authorization: Bearer a", "X-Api-Key: b"),
                server.raw("orders", "POST /things", reading, "Content-Length: 0"),
                server.raw("orders", "GET /nothing", reading));
        assertThat(answers)
                .extracting(RawClient.Answer::status)
                .containsExactly(200, 200, 200, 200, 401, 401, 400, 403, 404);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Vary")).isEqualTo("Authorization, Origin");
            assertThat(answer.header("Age")).isEmpty();
        });
    }

    @Test
    void aTokenReplyIsKeptByNobody() {
        var got = server.token("orders", customer, "grant_type=client_credentials");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.header("Pragma")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-authorization-server", "/oauth2/jwks", "/oauth2/assertion-keys"})
    void documentsAreBuiltFromWhatIsConfigured(String path) {
        String plain = server.raw("orders", "GET " + path).body();
        for (String header : List.of(
                "X-Forwarded-Host: evil.test",
                "X-Forwarded-Proto: gopher",
                "Forwarded: host=evil.test;proto=gopher",
                "X-Original-URL: /evil.test")) {
            RawClient.Answer answer = server.raw("orders", "GET " + path, header);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(plain);
        }
        var localhost = server.rawText("orders", "GET " + path + " HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n", false);
        assertThat(localhost.body()).isEqualTo(plain);
        if (path.startsWith("/.well-known")) {
            var document = RunningServer.JSON.readTree(plain);
            assertThat(document.get("issuer").asString()).isEqualTo(server.base("orders"));
            assertThat(document.get("token_endpoint").asString()).isEqualTo(server.base("orders") + "/oauth2/token");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test",
                "127.0.0.1.evil.test",
                "localhost.evil.test",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "localhost.",
                "0.0.0.0",
                "[::]"
            })
    void anUnknownHostIs421EverywhereAtAnApi(String host) {
        for (String path : List.of("/things", "/open/x", "/oauth2/jwks", "/.well-known/oauth-authorization-server")) {
            RawClient.Answer answer = server.rawText(
                    "orders", "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + reading + "\r\n\r\n", false);
            assertThat(answer.status()).as(path).isEqualTo(421);
            assertThat(answer.body()).doesNotContain("evil");
        }
    }

    @Test
    void aListenerWithoutAnApiServesNothing() {
        for (String path : List.of("/things", "/oauth2/token", "/oauth2/jwks", "/v1/whoami", "/metrics")) {
            assertThat(server.raw("parcels", "GET " + path, reading).status()).isEqualTo(421);
        }
    }
}
