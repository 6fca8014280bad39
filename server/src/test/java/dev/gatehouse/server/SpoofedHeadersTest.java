package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// GAUNTLET K01, K02, K07: whatever a caller sends under a name of ours, in any spelling and any way, the
/// upstream sees exactly our value or none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpoofedHeadersTest {
    private static final String EVIL = "evil-7c1f";

    private static final List<String> IDENTITY = List.of(
            "X-Gatehouse-Organization",
            "X-Gatehouse-Application",
            "X-Gatehouse-Credential",
            "X-Gatehouse-Client-Id",
            "X-Gatehouse-Scope",
            "X-Gatehouse-Assertion",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Role",
            "X-Gatehouse");

    private static final List<String> REBUILT =
            List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-Id");

    private static final List<String> DROPPED = List.of(
            "X-Forwarded-Port",
            "X-Forwarded-Uri",
            "X-Forwarded-Method",
            "X-Forwarded-Prefix",
            "X-Forwarded-User",
            "X-Forwarded-Client-Cert",
            "Forwarded",
            "X-Real-IP",
            "CF-Connecting-IP",
            "Fastly-Client-IP",
            "X-Cluster-Client-IP",
            "Front-End-Https",
            "X-Host",
            "X-Original-Host",
            "X-Original-URL",
            "X-Original-URI",
            "X-Original-Method",
            "X-Rewrite-URL",
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override");

    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<UnaryOperator<String>> spellings() {
        return Stream.of(
                UnaryOperator.identity(),
                name -> name.toLowerCase(Locale.ROOT),
                name -> name.toUpperCase(Locale.ROOT),
                name -> name.replace('-', '_'),
                name -> name.replace('-', '.'),
                name -> name.replace('-', '!'),
                name -> name.replace("-", "-~"),
                name -> name.replace("-", ""),
                name -> name.replaceFirst("-", "_"),
                name -> name.replace("-", "-_"),
                name -> name + "-",
                name -> name + "_");
    }

    private static Stream<Arguments> spoofs() {
        List<Arguments> rows = new ArrayList<>();
        for (String path : List.of("/things", "/me", "/open/page")) {
            for (String name :
                    Stream.of(IDENTITY, REBUILT, DROPPED).flatMap(List::stream).toList()) {
                rows.add(Arguments.of(path, name));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("spoofs")
    void neverReachesTheUpstream(String path, String name) {
        for (UnaryOperator<String> spelling : spellings().toList()) {
            String spelled = spelling.apply(name);
            for (List<String> way : ways(spelled)) {
                JsonNode seen = seen(path, way);
                String folded = Header.fold(name);
                List<String> values = values(seen, folded);
                assertThat(values).as("%s as %s", spelled, way).noneMatch(value -> value.contains(EVIL));
                boolean ours = REBUILT.contains(name)
                        || (!path.startsWith("/open") && IDENTITY.subList(0, 6).contains(name));
                assertThat(values).as("%s as %s", spelled, way).hasSize(ours ? 1 : 0);
            }
        }
    }

    /// Once, twice, and named in `Connection`.
    private static List<List<String>> ways(String name) {
        String header = name + ": " + EVIL;
        return List.of(
                List.of(header),
                List.of(header, header),
                List.of(header, "Connection: " + name),
                List.of("Connection: close, " + name));
    }

    @Test
    void isRefusedWhereItIsNoHeaderAtAll() {
        for (String name : IDENTITY) {
            assertThat(server.raw("orders", "GET /things", name + " : " + EVIL).status())
                    .isEqualTo(400);
            assertThat(server.raw("orders", "GET /things", "X-A: b\r\n " + name + ": " + EVIL)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aTrailerIsNotPassedOn() {
        for (String name : IDENTITY) {
            var answer = server.rawText(
                    "orders",
                    "POST /things HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + customer.apiKey()
                            + "\r\nTransfer-Encoding: chunked\r\nTrailer: " + name + "\r\n\r\n2\r\nhi\r\n0\r\n" + name
                            + ": " + EVIL + "\r\n\r\n",
                    false);
            assertThat(answer.status()).isIn(200, 400);
            assertThat(answer.body()).doesNotContain(EVIL);
        }
    }

    @Test
    void theCallersCredentialAndWhatConnectionNamesStayBehind() {
        JsonNode seen = seen(
                "/things",
                List.of(
                        "Connection: close, X-Mine, Authorization, Host",
                        "X-Mine: 1",
                        "X-Yours: 2",
                        "Proxy-Authorization: Basic " + EVIL,
                        "Keep-Alive: timeout=5",
                        "TE: trailers"));
        assertThat(seen.toString()).doesNotContain(customer.apiKey()).doesNotContain(EVIL);
        for (String name : List.of("authorization", "xmine", "proxyauthorization", "keepalive", "te", "xapikey")) {
            assertThat(values(seen, name)).as(name).isEmpty();
        }
        assertThat(values(seen, "xyours")).containsExactly("2");
        assertThat(values(seen, "host")).hasSize(1);
        assertThat(values(seen, "xgatehouseclientid")).containsExactly(customer.clientId());
    }

    @Test
    void upgradesAreNotServed() {
        String key = "Authorization: Bearer " + customer.apiKey();
        assertThat(server.raw("orders", "GET /things", key, "Connection: Upgrade", "Upgrade: websocket")
                        .status())
                .isEqualTo(501);
        var h2c = server.raw(
                "orders",
                "GET /things",
                key,
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA");
        assertThat(h2c.status()).isEqualTo(200);
        assertThat(h2c.body().toLowerCase(Locale.ROOT)).doesNotContain("h2c").doesNotContain("http2-settings");
    }

    private JsonNode seen(String path, List<String> headers) {
        List<String> all = new ArrayList<>(headers);
        if (!path.startsWith("/open")) {
            all.add("Authorization: Bearer " + customer.apiKey());
        }
        var answer = server.raw("orders", "GET " + path, all.toArray(String[]::new));
        assertThat(answer.status()).as(headers.toString()).isEqualTo(200);
        return RunningServer.JSON.readTree(answer.body());
    }

    private static List<String> values(JsonNode seen, String folded) {
        List<String> values = new ArrayList<>();
        for (JsonNode header : seen.get("headers")) {
            if (Header.fold(header.get(0).asString()).equals(folded)) {
                values.add(header.get(1).asString());
            }
        }
        return values;
    }
}
