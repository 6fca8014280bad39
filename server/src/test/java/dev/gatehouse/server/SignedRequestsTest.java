package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Calls of a route that wants them signed, as the provider's own client signs them.
class SignedRequestsTest {
    private static final String SECRET = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJwcm9qZWN0IjoiYWNtZSJ9.c2ln";
    private static final String KEY = "my-signature-key";
    private static final String MISSING = "{\"error\":{\"code\":403,\"message\":\"Headers are missing\"}}";
    private static final String WRONG = "{\"error\":{\"code\":403,\"message\":\"Headers are not correct\"}}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String acme = "";
    private String application = "";
    private String signingKey = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(
                folder, clock, "name: traefik, serves: verify, proxy: traefik, trusted-proxies: 127.0.0.1");
        Customer.created(server, "/v1/apis", """
                {"name": "inbenta", "dialect": "inbenta", "issuer": "%s", "listener": "orders", "hosts": ["inbenta.example"],
                 "upstream": "%s", "scopes": {"reporting": {"description": "Reporting"}},
                 "routes": [{"methods": ["*"], "path": "/prod/reporting/**", "any": ["reporting"], "signed": true},
                            {"methods": ["*"], "path": "/prod/chat/**", "any": ["reporting"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        String role = Setup.role(server, "reports", List.of("reporting"), "inbenta");
        acme = id(Customer.created(server, "/v1/organizations", "{\"name\":\"acme\"}"));
        application = application("bot", "acme-key", role);
        Customer.created(
                server,
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + SECRET + "\"}");
        signingKey = id(signingKey(application, ",\"secret\":\"" + KEY + "\""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String id(JsonNode noun) {
        return noun.get("id").asString();
    }

    private String application(String name, String key, String role) {
        return id(Customer.created(
                server,
                "/v1/organizations/" + acme + "/applications",
                "{\"name\":\"" + name + "\",\"client_id\":\"" + key + "\",\"role\":\"" + role + "\"}"));
    }

    private JsonNode signingKey(String of, String more) {
        return Customer.created(
                server,
                "/v1/applications/" + of + "/credentials",
                "{\"kind\":\"signing_key\",\"name\":\"k\"" + more + "}");
    }

    private String token() {
        Got got = server.send(
                "orders", "POST", "/v1/auth", "{\"secret\":\"" + SECRET + "\"}", "x-inbenta-key", "acme-key");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("accessToken").asString();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plus(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private Got send(String method, String path, String body, String signature, String version, String time) {
        return server.send("orders", method, path, body, headers(token(), signature, version, time));
    }

    private static String[] headers(String token, String signature, String version, String time) {
        List<String> headers =
                new ArrayList<>(List.of("x-inbenta-key", "acme-key", "Authorization", "Bearer " + token));
        for (List<String> one : List.of(
                List.of("x-inbenta-signature", signature),
                List.of("x-inbenta-signature-version", version),
                List.of("x-inbenta-timestamp", time))) {
            if (!one.getLast().isEmpty()) {
                headers.addAll(one);
            }
        }
        return headers.toArray(String[]::new);
    }

    private static String base(String method, String path, String query, String body, long time) {
        return method + "&" + plus(path) + (query.isEmpty() ? "" : "&" + query)
                + (body.isEmpty() ? "" : "&" + plus(body)) + "&" + time + "&v1";
    }

    private Got events(String key) {
        String signature = hmac(key, base("GET", "v1/events", "", "", now()));
        return send("GET", "/prod/reporting/v1/events", "", signature, "v1", Long.toString(now()));
    }

    private static String json(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Test
    void theWholeStory() throws IOException {
        Got got = events(KEY);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("x-inbenta-signature"))
                .isEqualTo(hmac(KEY, "v1&" + now() + "&" + plus(json(got.text()))));
        assertThat(got.text()).contains("x-inbenta-timestamp").doesNotContain("x-inbenta-signature\"");

        String body = "{\"question\": \"à b/c*~\"}";
        String query = "b[]=1&b[]=2&a=x+y&c=d/e";
        String signed = base(
                "POST", "v1/events", "a%3D%22x%20y%22%26b%3D%5B%221%22%2C%20%222%22%5D%26c%3D%22d/e%22", body, now());
        Got posted = send(
                "POST",
                "/prod/reporting/v1/events?" + query.replace("[", "%5B").replace("]", "%5D"),
                body,
                hmac(KEY, signed),
                "v1",
                Long.toString(now()));
        assertThat(posted.status()).as(posted.text()).isEqualTo(200);
        assertThat(posted.json().get("bodyBytes").asInt()).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);

        server = server.restarted(folder, clock);
        assertThat(events(KEY).status()).isEqualTo(200);
        JsonNode rotated = server.admin(
                        "POST", "/v1/credentials/" + signingKey + "/rotate", "{\"overlap_seconds\":600}")
                .json();
        String next = rotated.get("secret").asString();
        assertThat(next).startsWith("ghg_live_");
        assertThat(events(KEY).status()).as("the old one, for a while").isEqualTo(200);
        assertThat(events(next).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        refused(events(KEY), WRONG);
        assertThat(events(next).status()).isEqualTo(200);
        assertThat(server.admin("POST", "/v1/credentials/" + id(rotated) + "/revoke", "{}")
                        .status())
                .isEqualTo(200);
        refused(events(next), WRONG);
        assertThat(server.send("orders", "GET", "/prod/chat/v1/x", "", headers(token(), "", "", ""))
                        .status())
                .as("a route that wants no signature")
                .isEqualTo(200);
    }

    private static void refused(Got got, String text) {
        assertThat(got.text()).isEqualTo(text);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.header("x-inbenta-signature")).isEmpty();
    }

    @Test
    void whatIsMissingIsMissing() {
        String time = Long.toString(now());
        refused(send("GET", "/prod/reporting/v1/events", "", "", "", ""), MISSING);
        refused(send("GET", "/prod/reporting/v1/events", "", "s", "v1", ""), MISSING);
        refused(send("GET", "/prod/reporting/v1/events", "", "s", "", time), MISSING);
        refused(send("GET", "/prod/reporting/v1/events", "", "", "v1", time), MISSING);
    }

    /// What is changed of a signed call, one thing at a time.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT  | /prod/reporting/v1/events?a=1   | {"a":1}
            POST | /prod/reporting/v1/eventz?a=1   | {"a":1}
            POST | /prod/reporting/v1/events?a=2   | {"a":1}
            POST | /prod/reporting/v1/events       | {"a":1}
            POST | /prod/reporting/v1/events?a=1&b=2 | {"a":1}
            POST | /prod/reporting/v1/events?a=1   | {"a":2}
            POST | /prod/reporting/v1/events?a=1   | {"a":1}x
            """)
    void aSignatureIsOfOneRequest(String method, String target, String body) {
        String signature = hmac(KEY, base("POST", "v1/events", "a%3D%221%22", "{\"a\":1}", now()));
        String time = Long.toString(now());
        refused(send(method, target, body, signature, "v1", time), WRONG);
        assertThat(send("POST", "/prod/reporting/v1/events?a=1", "{\"a\":1}", signature, "v1", time)
                        .status())
                .isEqualTo(200);
        String upper = signature.toUpperCase(Locale.ROOT);
        refused(send("POST", "/prod/reporting/v1/events?a=1", "{\"a\":1}", upper, "v1", time), WRONG);
        refused(send("POST", "/prod/reporting/v1/events?a=1", "{\"a\":1}", signature, "v2", time), WRONG);
    }

    @ParameterizedTest
    @CsvSource({"-300, 200", "300, 200", "-301, 403", "301, 403"})
    void itCountsForAWhile(long off, int status) {
        long time = now() + off;
        String signature = hmac(KEY, base("GET", "v1/events", "", "", time));
        assertThat(send("GET", "/prod/reporting/v1/events", "", signature, "v1", Long.toString(time))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        for (String time : List.of("x", "-1", "1e9", "999999999999999999999", now() + ".0", "+" + now())) {
            String signature = hmac(KEY, "GET&v1%2Fevents&" + time + "&v1");
            refused(send("GET", "/prod/reporting/v1/events", "", signature, "v1", time), WRONG);
        }
    }

    /// The signature comes besides the token, and of the same application.
    @Test
    void nobodyElseMaySign() {
        String other = application("other", "other-key", Setup.role(server, "others", List.of("reporting"), "inbenta"));
        signingKey(other, ",\"secret\":\"another-signature-key\"");
        refused(events("another-signature-key"), WRONG);
        String signature = hmac(KEY, base("GET", "v1/events", "", "", now()));
        Got alone = server.send(
                "orders",
                "GET",
                "/prod/reporting/v1/events",
                "",
                headers("none", signature, "v1", Long.toString(now())));
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.text()).contains("explicit deny");
    }

    @ParameterizedTest
    @CsvSource({"suspend, 200", "revoke, 403"})
    void aKeyThatIsHeldSignsNothing(String verb, int afterwards) {
        assertThat(events(KEY).status()).isEqualTo(200);
        assertThat(server.admin("POST", "/v1/credentials/" + signingKey + "/" + verb, "{}")
                        .status())
                .isEqualTo(200);
        refused(events(KEY), WRONG);
        server.admin("POST", "/v1/credentials/" + signingKey + "/resume", "{}");
        assertThat(events(KEY).status()).isEqualTo(afterwards);
    }

    @Test
    void aKeyIsShownOnceAndNeverAgain() throws IOException {
        assertThat(signingKey(application, "").get("secret").asString()).startsWith("ghg_live_");
        Got given = server.admin("GET", "/v1/credentials/" + signingKey, "");
        assertThat(given.text()).doesNotContain(KEY);
        assertThat(server.admin("GET", "/v1/applications/" + application + "/credentials", "")
                        .text())
                .doesNotContain(KEY);
        assertThat(new String(Files.readAllBytes(server.database()), StandardCharsets.ISO_8859_1))
                .doesNotContain(KEY);
        for (String wrong : List.of("\"secret\":\"short\"", "\"secret_sha256\":\"" + "0".repeat(64) + "\"")) {
            assertThat(server.admin(
                                    "POST",
                                    "/v1/applications/" + application + "/credentials",
                                    "{\"kind\":\"signing_key\",\"name\":\"w\"," + wrong + "}")
                            .status())
                    .isEqualTo(400);
        }
        Got got =
                server.send("orders", "POST", "/v1/auth", "{\"secret\":\"" + KEY + "\"}", "x-inbenta-key", "acme-key");
        assertThat(got.status()).as("it proves nothing else").isEqualTo(400);
    }

    @Test
    void aBodyIsHeldWithinABound() {
        String body = "x".repeat(1024 * 1024 + 1);
        String signature = hmac(KEY, base("POST", "v1/events", "", body, now()));
        Got got = send("POST", "/prod/reporting/v1/events", body, signature, "v1", Long.toString(now()));
        assertThat(got.status()).isEqualTo(413);
        String most = body.substring(1);
        assertThat(send(
                                "POST",
                                "/prod/reporting/v1/events",
                                most,
                                hmac(KEY, base("POST", "v1/events", "", most, now())),
                                "v1",
                                Long.toString(now()))
                        .status())
                .isEqualTo(200);
    }

    /// Another proxy does not show what is signed.
    @Test
    void forwardAuthRefusesWhatItCannotSee() {
        String signature = hmac(KEY, base("GET", "v1/events", "", "", now()));
        List<String> headers = new ArrayList<>(List.of(
                "X-Forwarded-Method", "GET",
                "X-Forwarded-Uri", "/prod/reporting/v1/events",
                "X-Forwarded-Host", "inbenta.example",
                "X-Forwarded-Proto", "http",
                "X-Forwarded-For", "127.0.0.1"));
        headers.addAll(List.of(headers(token(), signature, "v1", Long.toString(now()))));
        try (LogTap log = new LogTap()) {
            Got got = server.send("traefik", "GET", "/verify", "", headers.toArray(String[]::new));
            assertThat(got.status()).isEqualTo(403);
            assertThat(got.text()).isEqualTo(WRONG);
            server.close();
            assertThat(log.text()).contains("signature_not_seen");
        }
    }

    @Test
    void onlyADialectThatSaysHowHasSignedRoutes() {
        for (String wrong : List.of(
                "{\"name\":\"a\",\"issuer\":\"https://a.example\",\"scopes\":{\"s\":{\"description\":\"S\"}},\"routes\":"
                        + "[{\"methods\":[\"GET\"],\"path\":\"/x\",\"any\":[\"s\"],\"signed\":true}]}",
                "{\"name\":\"a\",\"dialect\":\"inbenta\",\"issuer\":\"https://a.example\",\"routes\":"
                        + "[{\"methods\":[\"GET\"],\"path\":\"/x\",\"open\":true,\"signed\":true}]}")) {
            Got got = server.admin("POST", "/v1/apis", wrong);
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("without signed");
        }
        Got got = server.admin("GET", "/v1/apis/inbenta", "");
        assertThat(got.json().get("routes").get(0).get("signed").asBoolean()).isTrue();
        assertThat(got.json().get("routes").get(1).has("signed")).isFalse();
    }

    private Got posted(String body, String prefix, long time) {
        String signature = hmac(KEY, base("POST", "v1/events", "", body, time));
        return send("POST", prefix + "/v1/events", body, signature, "v1", Long.toString(time));
    }

    /// What changes something counts once, on whatever target and for as long as its time does; what does not
    /// may come again.
    @Test
    void aSignatureCountsOnceForWhatIsNotSafe() {
        long time = now();
        assertThat(posted("{\"a\":1}", "/prod/reporting", time).status()).isEqualTo(200);
        refused(posted("{\"a\":1}", "/prod/reporting", time), WRONG);
        refused(posted("{\"a\":1}", "/prod/reporting/other", time), WRONG);
        assertThat(posted("{\"a\":2}", "/prod/reporting", time).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        refused(posted("{\"a\":1}", "/prod/reporting", time), WRONG);
        assertThat(posted("{\"a\":1}", "/prod/reporting", time + 1).status()).isEqualTo(200);
        assertThat(events(KEY).status()).isEqualTo(200);
        assertThat(events(KEY).status()).as("safe").isEqualTo(200);
    }

    /// Whoever is refused for the sake of a signature has not used it up.
    @Test
    void queriesThatCouldBeOthersAreRefused() {
        String time = Long.toString(now());
        String signature = hmac(KEY, base("GET", "v1/events", "a%3D%221%22", "", now()));
        for (String query : List.of("a=1&b", "a=1&b=", "a=2&a=1", "a[]=2&a=1", "a=%2531", "a=1&a%5B%5D=1")) {
            refused(send("GET", "/prod/reporting/v1/events?" + query, "", signature, "v1", time), WRONG);
        }
        assertThat(send("GET", "/prod/reporting/v1/events?a=1", "", signature, "v1", time)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongSignatureIsNoGuess() {
        put(server.upstreamBase(), true, ",\"limits\":{\"guesses\":{\"requests\":1,\"seconds\":3600}}");
        for (int i = 0; i < 20; i++) {
            refused(events("another-signature-key"), WRONG);
        }
        assertThat(events(KEY).status()).isEqualTo(200);
    }

    @Test
    void aSigningKeyHasNeitherScopesNorRate() {
        for (String more : List.of(
                "\"scopes\":\"role\"",
                "\"scopes\":{\"inbenta\":[\"reporting\"]}",
                "\"rate\":{\"requests\":5,\"seconds\":60}")) {
            String member = more.substring(1, more.indexOf('"', 1));
            Got made = server.admin(
                    "POST",
                    "/v1/applications/" + application + "/credentials",
                    "{\"kind\":\"signing_key\",\"name\":\"w\"," + more + "}");
            assertThat(made.status()).as(made.text()).isEqualTo(400);
            assertThat(made.text()).contains(member);
            Got changed = server.admin("PATCH", "/v1/credentials/" + signingKey, "{" + more + "}");
            assertThat(changed.status()).as(changed.text()).isEqualTo(400);
            assertThat(changed.text()).contains(member);
        }
    }

    /// What is open ends with the key that it was asked for with, though the token goes on.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOpenAnswerEndsWithItsKey(boolean signed) throws IOException {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String there = "http://127.0.0.1:" + upstream.getLocalPort();
            put(there, signed, "");
            String signature = hmac(KEY, base("GET", "v1/events", "", "", now()));
            String head = "GET /prod/reporting/v1/events HTTP/1.1\r\nHost: inbenta.example\r\n";
            String[] headers = headers(token(), signature, "v1", Long.toString(now()));
            for (int i = 0; i < headers.length; i += 2) {
                head += headers[i] + ": " + headers[i + 1] + "\r\n";
            }
            try (RawClient client = server.connect("orders")) {
                client.send(head + "\r\n");
                try (Socket answering = RawClient.accepted(upstream)) {
                    answering
                            .getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                            + "Content-Length: 52428800\r\n\r\nbegin")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(client.answer(true).status()).isEqualTo(200);
                    assertThat(client.take(5)).isEqualTo(5);
                    if (signed) {
                        server.admin("POST", "/v1/credentials/" + signingKey + "/suspend", "{}");
                    } else {
                        put(there, true, "");
                    }
                    assertThat(client.ended()).isTrue();
                }
            }
        }
    }

    private void put(String upstream, boolean signed, String more) {
        long version = server.admin("GET", "/v1/apis/inbenta", "")
                .json()
                .get("version")
                .asLong();
        Got got = server.admin("PUT", "/v1/apis/inbenta", """
                {"version": %d, "dialect": "inbenta", "issuer": "%s", "listener": "orders", "hosts": ["inbenta.example"],
                 "upstream": "%s", "scopes": {"reporting": {"description": "Reporting"}},
                 "routes": [{"methods": ["*"], "path": "/prod/reporting/**", "any": ["reporting"]%s}]%s}
                """.formatted(
                        version, server.base("orders"), upstream, signed ? ", \"signed\": true" : "", more));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// What cannot be decrypted is no wrong signature, and is not tried again at once.
    @Test
    void aKeyThatCannotBeReadIsNobodysFault() throws Exception {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + server.database());
                Statement damage = sql.createStatement()) {
            assertThat(damage.executeUpdate("UPDATE credential SET sealed = x'0102' WHERE kind = 'signing_key'"))
                    .isEqualTo(1);
        }
        server = server.restarted(folder, clock);
        try (LogTap log = new LogTap()) {
            assertThat(events(KEY).status()).isEqualTo(503);
            clock.advance(Duration.ofSeconds(20));
            assertThat(events(KEY).status()).isEqualTo(503);
            assertThat(log.text().split("cannot be decrypted", -1)).hasSize(2);
        }
    }
}
