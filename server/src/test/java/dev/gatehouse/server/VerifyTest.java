package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K02, K03, K09, C02 and G04 at `/verify`, on raw sockets: what a trusted proxy says is read from one
/// place, what anybody else says from none, and whatever is not a clear yes stops the call.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyTest {
    private static final List<String> IDENTITY = List.of(
            "X-Gatehouse-Organization",
            "X-Gatehouse-Application",
            "X-Gatehouse-Credential",
            "X-Gatehouse-Client-Id",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Scope",
            "X-Gatehouse-Assertion");

    @TempDir
    static Path folder;

    private final LogTap log = new LogTap();
    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                new TestClock(),
                "name: nginx, serves: verify, proxy: nginx, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: caddy, serves: verify, proxy: caddy, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: envoy, serves: verify, proxy: envoy, trusted-proxies: [127.0.0.1, 10.0.0.0/24]",
                "name: nobody-nginx, serves: verify, proxy: nginx",
                "name: nobody-caddy, serves: verify, proxy: caddy, trusted-proxies: [10.0.0.1, '::1']",
                "name: nobody-envoy, serves: verify, proxy: envoy, trusted-proxies: []");
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterAll
    void stop() {
        server.close();
        log.close();
    }

    /// How a proxy asks about a call.
    enum Dialect {
        NGINX,
        CADDY,
        ENVOY;

        String listener() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// The names of the headers that tell method and target.
        List<String> names() {
            return switch (this) {
                case NGINX -> List.of("X-Original-Method", "X-Original-URI");
                case CADDY -> List.of("X-Forwarded-Method", "X-Forwarded-Uri");
                case ENVOY -> List.of();
            };
        }

        String text(String method, String target, String host, String from, List<String> more) {
            List<String> lines = new ArrayList<>();
            switch (this) {
                case NGINX, CADDY ->
                    lines.addAll(List.of(
                            "GET /verify HTTP/1.1",
                            "Host: gatehouse",
                            names().getFirst() + ": " + method,
                            names().getLast() + ": " + target,
                            "X-Forwarded-Host: " + host));
                case ENVOY -> lines.addAll(List.of(method + " /verify" + target + " HTTP/1.1", "Host: " + host));
            }
            lines.add("X-Forwarded-Proto: https");
            if (!from.isEmpty()) {
                lines.add("X-Forwarded-For: " + from);
            }
            lines.addAll(more);
            return String.join("\r\n", lines) + "\r\n\r\n";
        }
    }

    private Answer ask(Dialect dialect, String method, String target, String... more) {
        return ask(dialect, dialect.text(method, target, "orders.example", "203.0.113.9", List.of(more)));
    }

    private Answer ask(Dialect dialect, String text) {
        return server.rawText(dialect.listener(), text, text.startsWith("HEAD "));
    }

    private String key() {
        return "Authorization: Bearer " + customer.apiKey();
    }

    private static void denied(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"status\":" + status);
        assertThat(answer.headers()).noneMatch(header -> header.startsWith("X-Gatehouse"));
        whole(answer);
    }

    private static void whole(Answer answer) {
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Vary")).isEqualTo("*");
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}");
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(answer.status() != 503);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anAllowedCallIs200WithWhoCalls(Dialect dialect) {
        Answer answer = ask(dialect, "GET", "/things?a=b", key());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("X-Gatehouse-Organization")).isEqualTo(customer.organization());
        assertThat(answer.header("X-Gatehouse-Application")).isEqualTo(customer.application());
        assertThat(answer.header("X-Gatehouse-Credential")).isEqualTo(customer.apiKeyId());
        assertThat(answer.header("X-Gatehouse-Client-Id")).isEqualTo(customer.clientId());
        assertThat(answer.header("X-Gatehouse-Scope")).isEqualTo("things:read things:write");
        assertThat(answer.header("X-Gatehouse-Assertion")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        whole(answer);
        Answer byHeader = ask(dialect, "POST", "/things", "X-Api-Key: " + customer.apiKey());
        assertThat(byHeader.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anOpenCallIs200WithEmptyHeadersThatOverwriteWhatTheCallerSent(Dialect dialect) {
        Answer answer = ask(dialect, "DELETE", "/open/page", "X-Gatehouse-Client-Id: evil", key());
        assertThat(answer.status()).isEqualTo(200);
        for (String name : IDENTITY) {
            assertThat(answer.headers()).contains(name + ": ");
        }
        whole(answer);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void withoutAClearYesThereIsADenial(Dialect dialect) {
        denied(ask(dialect, "GET", "/things"), 401, "unauthenticated");
        assertThat(ask(dialect, "GET", "/things").header("WWW-Authenticate")).isEqualTo("Bearer");
        for (String garbage : List.of(
                "Authorization: Bearer x",
                "Authorization: Bearer " + "x".repeat(8000),
                "Authorization: Bearer ",
                "Authorization: ",
                "Authorization: Basic e30=",
                "X-Api-Key: \u00ff\u00fe",
                "X-Api-Key: " + customer.secret())) {
            denied(ask(dialect, "GET", "/things", garbage), 401, "invalid_token");
        }
        denied(ask(dialect, "DELETE", "/things/1", key()), 403, "insufficient_scope");
        denied(ask(dialect, "GET", "/nothing", key()), 403, "not_found");
        denied(ask(dialect, "GET", "/oauth2/token", key()), 403, "not_found");
        denied(ask(dialect, "PUT", "/things", key()), 403, "method_not_allowed");
        denied(ask(dialect, "GET", "/things", key(), "X-Api-Key: " + customer.apiKey()), 403, "invalid_request");
        denied(ask(dialect, "GET", "/things", key(), key()), 403, "invalid_request");
        denied(ask(dialect, "GET", "/things", "Cookie: " + "x".repeat(20_000)), 403, "too_large");
        for (String host : List.of("nobody.example", "orders.example:8443", "gatehouse", "127.0.0.1", "localhost")) {
            denied(
                    ask(dialect, dialect.text("GET", "/things", host, "203.0.113.9", List.of(key()))),
                    403,
                    "misdirected");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void hostsAreComparedWithoutCaseAndWithoutThePortOfTheScheme(Dialect dialect) {
        for (String host : List.of("ORDERS.example", "orders.example:443")) {
            assertThat(ask(dialect, dialect.text("GET", "/things", host, "203.0.113.9", List.of(key())))
                            .status())
                    .isEqualTo(200);
        }
    }

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

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aMethodThatIsNotServedIsDenied(Dialect dialect) {
        for (String method : List.of("TRACE", "CONNECT", "PRI", "get", "G%45T", "GET,POST")) {
            Answer answer = ask(dialect, method, "/open/page", key());
            assertThat(answer.status()).as(method).isEqualTo(403);
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

    @Test
    void onlyVerifyIsServed() {
        String good = Dialect.CADDY.text("GET", "/things", "orders.example", "203.0.113.9", List.of(key()));
        for (String path :
                List.of("/", "/verify/", "/verify/things", "/Verify", "/v1/whoami", "/oauth2/token", "/livez")) {
            denied(ask(Dialect.CADDY, good.replace("/verify", path)), 403, "not_found");
        }
        denied(ask(Dialect.CADDY, good.replace("GET /verify", "POST /verify")), 403, "method_not_allowed");
        assertThat(ask(Dialect.CADDY, good.replace("/verify", "/verify?access_token=x"))
                        .status())
                .isEqualTo(200);
        for (String path : List.of("/verify", "/verifyopen/page", "/open/page", "/")) {
            denied(
                    ask(
                            Dialect.ENVOY,
                            "GET " + path + " HTTP/1.1\r\nHost: orders.example\r\nX-Forwarded-Proto: https\r\n"
                                    + "X-Forwarded-For: 203.0.113.9\r\n\r\n"),
                    403,
                    "not_found");
        }
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

    /// GAUNTLET G04: the verdict on one route or host says nothing about another.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void oneTokenIsDecidedAnewOnEveryRouteAndHost(Dialect dialect) {
        String token = "Authorization: Bearer " + server.mint("orders", customer, "things:read");
        for (int round = 0; round < 3; round++) {
            assertThat(ask(dialect, "GET", "/things", token).status()).isEqualTo(200);
            denied(ask(dialect, "POST", "/things", token), 403, "insufficient_scope");
            String elsewhere = dialect.text("GET", "/things", "parcels.example", "203.0.113.9", List.of(token));
            denied(ask(dialect, elsewhere), 401, "invalid_token");
        }
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

    @Test
    void verdictsAreCountedAndRefusalsLeaveAnEvent() {
        double before = allowed();
        assertThat(ask(Dialect.NGINX, "GET", "/things", key()).status()).isEqualTo(200);
        assertThat(allowed()).isEqualTo(before + 1);
        ask(Dialect.NGINX, "GET", "/nothing", key());
        assertThat(server.ops("/metrics").text())
                .contains("gatehouse_decisions_total{api=\"orders\",outcome=\"not_found\"}")
                .contains("listener=\"nginx\"");
    }

    private double allowed() {
        return server.ops("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gatehouse_decisions_total{api=\"orders\",outcome=\"allowed\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
