package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Methods, ids, parameters and proofs that are not what they should be (GAUNTLET M01).
class ParameterTest extends RequestFixture {
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
}
