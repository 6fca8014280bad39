package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that are not what an operation takes (GAUNTLET C03, H03, M02, M03).
class BodyTest extends RequestFixture {
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
}
