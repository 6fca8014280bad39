package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a trusted proxy says is read from one place, what anybody else says from none (GAUNTLET K02, K03, C02).
class VerifyWordsTest extends VerifyFixture {
    private static Stream<Arguments> spellings() {
        List<String> targets = List.of(
                "/things/../open/page",
                "/open/../things",
                "/open/..;/things",
                "/open/%2e%2e/things",
                "/open/%252e%252e/things",
                "//things",
                "//open/page",
                "/./open/page",
                "/open//page",
                "/open%2fpage",
                "/open/%2F",
                "/things;x=1",
                "/open/%00",
                "/open/%5cthings",
                "/open\\page",
                "/open%23/../things",
                "/open/%c0%af",
                "/open/%61",
                "/open/page#x",
                "/open/page?x=<y>",
                "/open/" + "x".repeat(9000));
        return targets.stream()
                .flatMap(target -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(dialect, target)));
    }

    /// GAUNTLET K03: the gateway refuses the same ones, see MalformedRequestTest.
    @ParameterizedTest(name = "{1} by {0}")
    @MethodSource("spellings")
    void aPathThatTwoServersCouldReadDifferentlyIsDenied(Dialect dialect, String target) {
        Answer answer = ask(dialect, "GET", target, key());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).containsAnyOf("invalid_request", "too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "things", "https://orders.example/open/page", "?x", "/open/ page", "/open/\tpage"})
    void aTargetThatIsNoPathIsDenied(String target) {
        for (Dialect dialect : List.of(Dialect.NGINX, Dialect.CADDY)) {
            denied(ask(dialect, "GET", target, key()), 403, "invalid_request");
        }
    }

    /// GAUNTLET K02: a caller that gets headers of other proxies through to us does not change what we read.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void headersOfOtherDialectsMeanNothing(Dialect dialect) {
        List<String> evil = new ArrayList<>();
        for (String name : List.of(
                "X-Original-Method",
                "X-Original-URI",
                "X-Original-URL",
                "X-Original-Host",
                "X-Rewrite-URL",
                "X-Forwarded-Method",
                "X-Forwarded-Uri",
                "X-Forwarded-Path",
                "X-Forwarded-Prefix",
                "X-Forwarded-Server",
                "X-Forwarded-Port",
                "X-Real-IP",
                "X-HTTP-Method-Override",
                "X-Envoy-Original-Path",
                "X-Envoy-External-Address",
                "Forwarded")) {
            for (String spelled : List.of(name, name.replace('-', '_'), name.replace('-', '.'), name + "-")) {
                if (dialect.names().stream().noneMatch(spelled::equalsIgnoreCase)) {
                    String value = name.endsWith("Method") ? "OPTIONS" : name.endsWith("Host") ? "x" : "/open/page";
                    evil.add(spelled + ": " + value);
                }
            }
        }
        assertThat(ask(dialect, "GET", "/things", evil.toArray(String[]::new)).status())
                .isEqualTo(401);
        List<String> known = new ArrayList<>(evil);
        known.add(key());
        assertThat(ask(dialect, "GET", "/things", known.toArray(String[]::new)).status())
                .isEqualTo(200);
        denied(ask(dialect, "DELETE", "/things/1", known.toArray(String[]::new)), 403, "insufficient_scope");
    }

    /// GAUNTLET K02: what is there twice could be the proxy's and the caller's.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsTwiceOrMissingIsDenied(Dialect dialect) {
        String good = dialect.text("GET", "/things", "orders.example", "203.0.113.9", List.of(key()));
        List<String> once = new ArrayList<>(dialect.names());
        once.add("X-Forwarded-Proto");
        if (dialect != Dialect.ENVOY) {
            once.add("X-Forwarded-Host");
        }
        for (String name : once) {
            String line = Stream.of(good.split("\r\n", -1))
                    .filter(header -> header.startsWith(name + ":"))
                    .findFirst()
                    .orElseThrow();
            denied(ask(dialect, good.replace(line + "\r\n", "")), 403, "invalid_request");
            denied(ask(dialect, good.replace(line, line + "\r\n" + line)), 403, "invalid_request");
            denied(ask(dialect, good.replace(line, name + ": ")), 403, "invalid_request");
        }
        denied(ask(dialect, good.replace("X-Forwarded-For", "X-Other")), 403, "invalid_request");
        denied(ask(dialect, good.replace("Proto: https", "Proto: ftp")), 403, "invalid_request");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aPeerThatIsNotTrustedIsToldNothing(Dialect dialect) {
        for (String target : List.of("/things", "/open/page", "/nothing")) {
            for (String from : List.of("203.0.113.9", "127.0.0.1", "10.0.0.1", "")) {
                String text = dialect.text("GET", target, "orders.example", from, List.of(key()));
                denied(server.rawText("nobody-" + dialect.listener(), text, false), 403, "untrusted_proxy");
            }
        }
        assertThat(log.text()).doesNotContain(customer.apiKey());
    }

    /// GAUNTLET C02.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aSecretInTheQueryIsDeniedAndLeavesNoTrace(Dialect dialect) {
        String canary = "cAnArY0b5c77e1";
        for (String name : List.of("access_token", "ACCESS_TOKEN", "access%5Ftoken", "api_key", "X-Api-Key")) {
            for (String path : List.of("/things", "/open/page")) {
                Answer answer = ask(dialect, "GET", path + "?a=b&" + name + "=" + canary, key());
                denied(answer, 403, "invalid_request");
                assertThat(answer.toString()).doesNotContain(canary);
            }
        }
        assertThat(log.text()).doesNotContain(canary);
        assertThat(server.ops("/metrics").text()).doesNotContain(canary);
    }

    private static Stream<Arguments> clients() {
        Map<String, Integer> rows = new java.util.LinkedHashMap<>();
        rows.put("192.0.2.7", 200);
        rows.put("203.0.113.9", 401);
        rows.put("127.0.0.1", 401);
        rows.put("203.0.113.9, 192.0.2.7", 200);
        rows.put("192.0.2.7, 203.0.113.9", 401);
        rows.put("192.0.2.7, 10.0.0.3", 200);
        rows.put("203.0.113.9,10.0.0.3 , 127.0.0.1", 401);
        rows.put("192.0.2.7, 203.0.113.9, 10.0.0.3", 401);
        rows.put("192.0.2.7\r\nX-Forwarded-For: 203.0.113.9", 401);
        rows.put("203.0.113.9\r\nX-Forwarded-For: 192.0.2.7", 200);
        rows.put("10.0.0.3, 127.0.0.1", 401);
        rows.put("evil, 192.0.2.7", 200);
        rows.put("192.0.2.7, evil", 403);
        rows.put("192.0.2.7, unknown, 10.0.0.3", 403);
        rows.put("192.0.2.7:4711", 403);
        rows.put("192.0.2.7,", 403);
        rows.put("", 403);
        return rows.entrySet().stream()
                .flatMap(row -> Stream.of(Dialect.values())
                        .map(dialect -> Arguments.of(dialect, row.getKey(), row.getValue())));
    }

    /// The client is the last address that no trusted proxy has; what stands before it is that client's word.
    @ParameterizedTest(name = "{1} by {0}: {2}")
    @MethodSource("clients")
    void addressesOfACredentialAreComparedWithTheClient(Dialect dialect, String forwardedFor, int status) {
        String here = Customer.created(
                        server,
                        "/v1/applications/" + customer.application() + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"here\",\"scopes\":\"role\",\"addresses\":[\"192.0.2.0/24\"]}")
                .get("secret")
                .asString();
        List<String> headers = List.of("Authorization: Bearer " + here);
        assertThat(ask(dialect, dialect.text("GET", "/things", "orders.example", forwardedFor, headers))
                        .status())
                .isEqualTo(status);
    }
}
