package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET H03, M01, M02, M03, M06 through HTTP: hostile bodies, queries and names at the admin API are refused
/// and change nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminInputTest {
    private static final String ORGANIZATIONS = "/v1/organizations";

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

    private static Stream<String> payloads() {
        return Stream.of(
                "'%20OR%20'1'='1",
                "'--",
                "1;DROP",
                "%27%3B",
                "${jndi:ldap://x}",
                "%24%7B7*7%7D",
                "*",
                "%00",
                "%ff",
                "-1",
                "0",
                "201",
                "1e3",
                "+5",
                "99999999999999999999",
                "",
                "org_",
                "org_0",
                "org_0000000000000",
                "ORG_ajtqn9g7qcw0j",
                "app_ajtqn9g7qcw0j",
                "../x",
                "a&limit=5");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aForgedCursorOrLimitIs400(String payload) {
        for (String name : List.of("limit", "after", "count", "parent", "sort", "filter")) {
            if (name.equals("after") && payload.equals("org_0000000000000")) {
                continue; // well formed: a page after an id that is nobody's
            }
            String query = "?" + name + "=" + payload;
            var answer = server.raw(
                    "admin",
                    "GET " + ORGANIZATIONS + query,
                    "Authorization: Bearer " + server.bootstrapKey().reveal());
            if (name.equals("parent")) {
                assertThat(answer.status()).as(query).isIn(400, 404);
            } else {
                assertThat(answer.status()).as(query).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org_'--",
                "org_%27",
                "%2e%2e",
                "org_ajtqn9g7qcw0j%00",
                "*",
                "app_ajtqn9g7qcw0j",
                "$%7Bjndi%7D",
                "1"
            })
    void aForgedIdIs404LikeAnUnknownOneOr400(String id) {
        var unknown = server.raw("admin", "GET " + ORGANIZATIONS + "/org_0000000000000", key());
        var answer = server.raw("admin", "GET " + ORGANIZATIONS + "/" + id, key());
        assertThat(answer.status()).isIn(400, 404);
        if (answer.status() == 404) {
            assertThat(answer.body()).isEqualTo(unknown.body());
        }
    }

    private String key() {
        return "Authorization: Bearer " + server.bootstrapKey().reveal();
    }

    private static Stream<Arguments> bodies() {
        List<Arguments> rows = new ArrayList<>();
        row(rows, "depth 10^4", "{\"name\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        row(rows, "depth 33 of objects", "{\"name\":" + "{\"a\":".repeat(33) + "1" + "}".repeat(34));
        row(rows, "a long number", "{\"name\":" + "9".repeat(50_000) + "}");
        row(rows, "a number beyond 64 bits", "{\"name\":\"x\",\"expires_at\":1e999}");
        row(rows, "a member twice", "{\"name\":\"a\",\"name\":\"b\"}");
        row(rows, "a member twice, escaped", "{\"name\":\"a\",\"n\\u0061me\":\"b\"}");
        row(rows, "NaN", "{\"name\":NaN}");
        row(rows, "something after the object", "{\"name\":\"a\"}{}");
        row(rows, "a comma after the last member", "{\"name\":\"a\",}");
        row(rows, "single quotes", "{'name':'a'}");
        row(rows, "a comment", "{/* */\"name\":\"a\"}");
        row(rows, "an array", "[{\"name\":\"a\"}]");
        row(rows, "null", "null");
        row(rows, "a string", "\"name\"");
        row(rows, "half an object", "{\"name\":\"a\"");
        row(rows, "a control character", "{\"name\":\"a\nb\"}");
        row(rows, "half a surrogate pair", "{\"name\":\"a\\ud800\"}");
        rows.add(Arguments.of("a byte order mark", "\uFEFF{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8)));
        rows.add(Arguments.of("UTF-16", "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16)));
        rows.add(Arguments.of("no UTF-8", "{\"name\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)));
        rows.add(Arguments.of("overlong UTF-8", bytes("{\"name\":\"", 0xc0, 0xaf, "\"}")));
        for (String unknown : List.of(
                "role",
                "isAdmin",
                "tenantId",
                "owner",
                "id",
                "status",
                "enabled",
                "hash",
                "created_at",
                "standing",
                "generation",
                "parent_id",
                "NAME",
                "name ",
                "__proto__",
                "@type",
                "$type")) {
            row(rows, "the member " + unknown, "{\"name\":\"a\",\"" + unknown + "\":\"x\"}");
        }
        return rows.stream();
    }

    private static void row(List<Arguments> rows, String what, String body) {
        rows.add(Arguments.of(what, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String before, int first, int second, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.write(first);
        out.write(second);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aHostileBodyIs400(String what, byte[] body) {
        String before = state();
        Got got = post(body, "Content-Type", "application/json");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        String before = state();
        Got got = post(
                ("{\"name\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json");
        assertThat(got.status()).isEqualTo(413);
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "gzip, gzip", "identity"})
    void anEncodedBodyIs415(String coding) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(new byte[1_000_000]);
        }
        Got got = post(zipped.toByteArray(), "Content-Type", "application/json", "Content-Encoding", coding);
        assertThat(got.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "application/merge-patch+json",
                "text/json"
            })
    void anotherTypeIs415(String type) {
        assertThat(post("{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8), "Content-Type", type)
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                "a\\u0000",
                "a\\u200bb",
                "a\\u202eb",
                "\\u2066a\\u2069",
                "cafe\\u0301",
                "a\\u0085b",
                "a\\u2028b",
                "\\ufeffa",
                "a\\u00adb",
                "\\ue000",
                "a\\tb",
                "a\\r\\nb"
            })
    void aNameThatDeceivesTheEyeIs400(String name) {
        Got got = post(
                ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString()).isEqualTo("invalid_field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Buyer",
                "BUYER",
                "buyer ",
                "\u0430dmin",
                "b\u0131yer",
                "buy\ufb01",
                "super%2Dadmin",
                "superadmin/../x",
                "\uff42uyer",
                "buyer\\u0000",
                "role_ajtqn9g7qcw0j",
                "",
                "*"
            })
    void aRoleNameThatLooksLikeAnotherIs400(String name) {
        Got got = server.admin(
                "POST",
                "/v1/organizations/" + customer.organization() + "/roles",
                "{\"name\":\"" + name + "\",\"rights\":{}}");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
    }

    @Test
    void nothingOfThatWasStored() {
        assertThat(state()).doesNotContain("\"a\"");
    }

    private Got post(byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization");
        all.add("Bearer " + server.bootstrapKey().reveal());
        return server.adminWith("POST", ORGANIZATIONS, body, all.toArray(String[]::new));
    }

    private String state() {
        return server.admin("GET", ORGANIZATIONS + "?limit=200", "").text();
    }
}
