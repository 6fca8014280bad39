package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are not what they should be (GAUNTLET C03, H03, M01, M02, M03, M06).
class RequestTest {
    private static final String ORGANIZATIONS = "/v1/organizations";
    private static final String GOOD = "{\"name\":\"x\"}";

    @TempDir
    static Path folder;

    private static Installed installed;

    private final World world = new World(installed);

    @BeforeAll
    static void install() {
        installed = new Installed(folder.resolve("data"));
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    /// GAUNTLET H03.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "role",
                "isAdmin",
                "tenantId",
                "ownerId",
                "userId",
                "id",
                "status",
                "enabled",
                "hash",
                "createdAt",
                "quota",
                "organization",
                "state",
                "holds",
                "revoked",
                "generation",
                "version",
                "created_at",
                "secret",
                "digest",
                "hint",
                "__proto__",
                "NAME",
                "name "
            })
    void membersThatAnOperationDoesNotTakeAreRefusedByName(String member) {
        for (String value : List.of("\"x\"", "null", "{}", "true")) {
            Reply reply =
                    world.call(world.t1Key, "POST", ORGANIZATIONS, "{\"name\":\"x\",\"" + member + "\":" + value + "}");
            assertThat(problem(reply)).isEqualTo("400 unknown_field");
            assertThat(text(reply, "detail")).contains(member.strip());
        }
        Reply patch =
                world.call(world.rootKey, "PATCH", "/v1/credentials/" + world.t1Key.id(), "{\"" + member + "\":\"x\"}");
        assertThat(problem(patch)).isEqualTo("400 unknown_field");
        assertThat(items(world.get(world.t1Key, ORGANIZATIONS))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                        | 400 missing_field | name is missing
            {"name":null}                             | 400 invalid_field | name must be
            {"name":1}                                | 400 invalid_field | name must be
            {"name":""}                               | 400 invalid_field | name must be
            {"name":["x"]}                            | 400 invalid_field | name must be
            {"name":"x","parent":"x"}                 | 400 invalid_field | parent must be
            {"name":"x","parent":"app_0000000000001"} | 400 invalid_field | parent must be
            {"name":"x","expires_at":"tomorrow"}      | 400 invalid_field | expires_at must be
            {"name":"x","expires_at":1893456000}      | 400 invalid_field | expires_at must be
            {"name":"x","expires_at":"2030-02-30T00:00:00Z"}          | 400 invalid_field | expires_at must be
            {"name":"x","expires_at":"2030-01-01T00:00:00"}           | 400 invalid_field | expires_at must be
            {"name":"x","expires_at":"+12030-01-01T00:00:00Z"}        | 400 invalid_field | expires_at must be
            {"name":"x","expires_at":"2030-01-01T00:00:00.1234567Z"}  | 400 invalid_field | expires_at must be
            {"name":"x","expires_at":"2020-01-01T00:00:00Z"}          | 400 invalid_field | expires_at must be a time to come
            {"name":"x","not_before":"2030-01-01T00:00:00Z","expires_at":"2029-01-01T00:00:00Z"} | 400 invalid_field | after not_before
            """)
    void aValueThatIsNotAllowedIsNamed(String body, String expected, String detail) {
        Reply reply = world.call(world.t1Key, "POST", ORGANIZATIONS, body);
        assertThat(problem(reply)).isEqualTo(expected);
        assertThat(text(reply, "detail")).contains(detail);
    }

    /// GAUNTLET M02.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "1",
                "null",
                "nul",
                "{",
                "{\"name\":\"x\"",
                "{\"name\":\"x\"}x",
                "{\"name\":\"x\"}{}",
                "{\"name\":\"x\",}",
                "{name:\"x\"}",
                "{'name':'x'}",
                "{\"name\":\"x\"/*c*/}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":\"x\",\"n\\u0061me\":\"y\"}",
                "{\"name\":NaN}",
                "{\"name\":Infinity}",
                "{\"name\":01}",
                "{\"name\":+1}",
                "{\"name\":.5}",
                "{\"name\":\"a\nb\"}",
                "{\"name\":\"\\x41\"}",
                "\uFEFF{\"name\":\"x\"}"
            })
    void whatIsNotOneStrictJsonObjectIsRefused(String body) {
        assertThat(problem(world.call(world.t1Key, "POST", ORGANIZATIONS, body)))
                .isEqualTo("400 invalid_request");
    }

    @Test
    void deepLongAndOtherEncodingsAreRefused() {
        assertThat(bodied("{\"name\":" + "[".repeat(33) + "]".repeat(33) + "}")).isEqualTo("400 invalid_request");
        assertThat(bodied("{\"name\":" + "[".repeat(30_000) + "}")).isEqualTo("400 invalid_request");
        assertThat(bodied("{\"name\":" + "9".repeat(1000) + "}")).isEqualTo("400 invalid_request");
        assertThat(bodied("{\"name\":1" + "0".repeat(30) + "}")).isEqualTo("400 invalid_field");
        assertThat(bodied("{\"name\":1e400}")).isEqualTo("400 invalid_field");
        assertThat(bodied("{\"name\":\"" + "x".repeat(9000) + "\"}")).isEqualTo("400 invalid_request");
        assertThat(bodied("{\"" + "n".repeat(300) + "\":1}")).isEqualTo("400 invalid_request");
        assertThat(bodied("{\"name\":\"" + "x".repeat(70_000) + "\"}")).isEqualTo("413 too_large");
        for (Charset other : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            assertThat(problem(post(GOOD.getBytes(other), json()))).isEqualTo("400 invalid_request");
        }
        assertThat(problem(post("{\"name\":\"Zürich\"}".getBytes(StandardCharsets.ISO_8859_1), json())))
                .isEqualTo("400 invalid_request");
    }

    private String bodied(String body) {
        return problem(world.call(world.t1Key, "POST", ORGANIZATIONS, body));
    }

    /// GAUNTLET C03, M03.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                          | 201
            Application/JSON                          | 201
            application/json;charset=UTF-8            | 201
            application/json ; charset="utf-8"        | 201
            application/json;charset=utf-16           | 415 unsupported_type
            application/json;charset=utf-8;x=y        | 415 unsupported_type
            application/jsonx                         | 415 unsupported_type
            application/problem+json                  | 415 unsupported_type
            application/x-www-form-urlencoded         | 415 unsupported_type
            multipart/form-data;boundary=x            | 415 unsupported_type
            text/plain                                | 415 unsupported_type
            text/json                                 | 415 unsupported_type
            application/json, application/json        | 415 unsupported_type
            -                                         | 415 unsupported_type
            """)
    void onlyJsonIsRead(String type, String expected) {
        List<Header> headers = authorized();
        if (!type.equals("-")) {
            headers.add(new Header("Content-Type", type));
        }
        assertThat(problem(post(GOOD.getBytes(StandardCharsets.UTF_8), headers)).strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "br, gzip", ""})
    void encodedBodiesAreRefused(String encoding) {
        List<Header> headers = json();
        headers.add(new Header("Content-Encoding", encoding));
        assertThat(problem(post(GOOD.getBytes(StandardCharsets.UTF_8), headers)))
                .isEqualTo("415 unsupported_type");
    }

    @Test
    void anEmptyBodyLacksWhatIsNeeded() {
        assertThat(problem(post(new byte[0], authorized()))).isEqualTo("400 missing_field");
        List<Header> twice = json();
        twice.add(new Header("Content-Type", "application/json"));
        assertThat(problem(post(GOOD.getBytes(StandardCharsets.UTF_8), twice))).isEqualTo("415 unsupported_type");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/organizations, 'GET, POST'",
        "HEAD, /v1/whoami, GET",
        "OPTIONS, /v1/organizations, 'GET, POST'",
        "DELETE, /v1/credentials/x, 'GET, PATCH'",
        "GET, /v1/credentials/x/revoke, POST",
    })
    void otherMethodsAreNamed(String method, String path, String allowed) {
        Reply reply = world.call(world.t1Key, method, path, "");
        assertThat(problem(reply)).isEqualTo("405 method_not_allowed");
        assertThat(header(reply, "Allow")).hasValue(allowed);
        assertThat(reply.headers()).noneMatch(header -> header.name().startsWith("Access-Control"));
    }

    /// GAUNTLET M01: ids, cursors and parameters are read by form, never passed on.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "1%20OR%201=1",
                "org_0000000000001'--",
                "org_000000000000i",
                "ORG_0000000000001",
                "org_00000000000001",
                "org_g000000000001",
                "${jndi:ldap:x}",
                "{{7*7}}",
                "%00",
                "*",
                "..%2f",
                "-1",
                "org_0000000000001%20"
            })
    void idsAndCursorsOfAnotherFormFindNothing(String text) {
        assertThat(problem(world.get(world.t1Key, ORGANIZATIONS + "/" + text))).isEqualTo("404 not_found");
        assertThat(problem(world.get(world.t1Key, ORGANIZATIONS + "?after=" + text)))
                .isEqualTo("400 invalid_parameter");
        assertThat(problem(world.get(world.t1Key, ORGANIZATIONS + "?parent=" + text)))
                .isEqualTo("404 not_found");
        assertThat(problem(world.get(world.t1Key, ORGANIZATIONS + "?limit=" + text)))
                .isEqualTo("400 invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1&limit=1",
                "sort=name",
                "limit=0",
                "limit=201",
                "limit=01",
                "limit=",
                "limit",
                "limit=1&",
                "&",
                "Limit=1",
                "li%6Dit=1",
                "access_token=x",
                "after="
            })
    void parametersAreKnownAndThereOnce(String query) {
        assertThat(problem(world.get(world.t1Key, ORGANIZATIONS + "?" + query))).isEqualTo("400 invalid_parameter");
        assertThat(problem(world.get(world.t1Key, "/v1/whoami?" + query))).isEqualTo("400 invalid_parameter");
    }

    /// GAUNTLET M06, M07.
    @ParameterizedTest
    @ValueSource(
            strings = {
                " x",
                "x ",
                "\u00a0x",
                "x\\u0000",
                "x\\ny",
                "x\\u001b[31m",
                "x\\u202ey",
                "x\\u2066y",
                "x\\u200by",
                "x\\ufeffy",
                "x\\u2028y",
                "e\\u0301",
                "\\ud800",
                "x\\ue000",
                "\\u007f"
            })
    void namesHaveOneVisibleSpelling(String name) {
        Reply reply = world.call(world.t1Key, "POST", ORGANIZATIONS, "{\"name\":\"" + name + "\"}");
        assertThat(problem(reply)).isIn("400 invalid_field", "400 invalid_request");
    }

    @Test
    void namesAreBoundedInCharactersAndOtherwiseFree() {
        assertThat(bodied("{\"name\":\"" + "😀".repeat(100) + "\"}")).isEqualTo("201 ");
        assertThat(bodied("{\"name\":\"" + "😀".repeat(101) + "\"}")).isEqualTo("400 invalid_field");
        assertThat(bodied("{\"name\":\"İstanbul şubesi 東京\"}")).isEqualTo("201 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "ä", "a,b", "app_0000000000001", "org_0000000000001"})
    void clientIdsAreOfAnAllowListAndNeverLookLikeIds(String clientId) {
        Reply reply = world.call(
                world.t1Key,
                "POST",
                ORGANIZATIONS + "/" + world.t1.id() + "/applications",
                "{\"name\":\"x\",\"client_id\":\"" + clientId + "\"}");
        assertThat(problem(reply)).isEqualTo("400 invalid_field");
    }

    @Test
    void pagesAreNotServed() {
        for (Header sign : List.of(
                new Header("Origin", "https://evil.test"),
                new Header("Origin", "null"),
                new Header("Sec-Fetch-Site", "cross-site"),
                new Header("Sec-Fetch-Site", "same-site"))) {
            List<Header> headers = json();
            headers.add(sign);
            Reply reply = post(GOOD.getBytes(StandardCharsets.UTF_8), headers);
            assertThat(problem(reply)).isEqualTo("403 from_browser");
            assertThat(reply.headers()).noneMatch(header -> header.name().startsWith("Access-Control"));
        }
    }

    /// RFC 6750 section 3.
    @Test
    void challengesSayWhatIsWrongAndNoMore() {
        Reply none = world.call("GET", "/v1/whoami", new byte[0], List.of());
        assertThat(problem(none)).isEqualTo("401 unauthenticated");
        assertThat(header(none, "WWW-Authenticate")).hasValue("Bearer realm=\"gatehouse\"");
        for (String value : List.of(
                "Basic eDp5",
                "Bearer",
                "Bearer ",
                "Bearer  x",
                "Bearer x y",
                "Bearer ghk_live_x",
                "bearer \u00e4",
                "Bearer " + world.t1Key.text() + "x",
                world.t1Key.text())) {
            Reply bad = world.call("GET", "/v1/whoami", new byte[0], List.of(new Header("Authorization", value)));
            assertThat(problem(bad)).isEqualTo("401 invalid_token");
            assertThat(header(bad, "WWW-Authenticate")).hasValue("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
        }
        List<Header> two = authorized();
        two.addAll(authorized());
        assertThat(problem(world.call("GET", "/v1/whoami", new byte[0], two))).isEqualTo("400 invalid_request");
        Reply forbidden = world.get(world.t1Key, "/v1/audit");
        assertThat(header(forbidden, "WWW-Authenticate").orElse(""))
                .endsWith("error=\"insufficient_scope\", scope=\"audit:read\"");
        assertThat(world.call(
                                "GET",
                                "/v1/whoami",
                                new byte[0],
                                List.of(new Header("authorization", "BEARER " + world.t1Key.text())))
                        .status())
                .isEqualTo(200);
    }

    private List<Header> authorized() {
        return new ArrayList<>(List.of(new Header("Authorization", "Bearer " + world.t1Key.text())));
    }

    private List<Header> json() {
        List<Header> headers = authorized();
        headers.add(new Header("Content-Type", "application/json"));
        return headers;
    }

    private Reply post(byte[] body, List<Header> headers) {
        return world.call("POST", ORGANIZATIONS, body, headers);
    }
}
