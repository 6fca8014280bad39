package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A new key is a part of its maker, in scopes, time and restrictions (GAUNTLET H04).
class KeyMintingTest extends AdminFixture {
    /// GAUNTLET H04. The caller holds orders:write (and so orders:read) and not refunds.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            strong | {"orders":["orders:read"]}                 | 201
            strong | {"orders":["orders:write"]}                | 201
            strong | {"orders":["refunds"]}                     | 403 beyond_own_rights
            strong | {"orders":["orders:read","refunds"]}       | 403 beyond_own_rights
            strong | "role"                                     | 403 beyond_own_rights
            reader | "role"                                     | 201
            reader | {"orders":["orders:write"]}                | 400 invalid_field
            strong | {"gatehouse":["keys:write"]}               | 400 invalid_field
            strong | {"orders":["*"]}                           | 400 invalid_field
            strong | {"orders":["orders:*"]}                    | 400 invalid_field
            strong | {"orders":["orders:read","orders:read"]}   | 400 invalid_field
            strong | {"nothing":["orders:read"]}                | 400 invalid_field
            strong | {"orders":"orders:read"}                   | 400 invalid_field
            strong | {"orders":null}                            | 400 invalid_field
            strong | "*"                                        | 400 invalid_field
            strong | "all"                                      | 400 invalid_field
            strong | []                                         | 400 invalid_field
            strong | null                                       | 400 invalid_field
            strong | true                                       | 400 invalid_field
            """)
    void aNewKeyIsAPartOfItsMaker(String application, String scopes, String expected) {
        String id = (application.equals("strong") ? world.t1Strong : world.t1Shop)
                .id()
                .text();
        Reply reply = call(
                "POST",
                "/v1/applications/" + id + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":" + scopes + "}");
        assertThat(problem(reply).strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"scopes\":{}", ",\"scopes\":{\"orders\":[]}"})
    void scopesLeftOutMeanNone(String scopes) {
        Reply reply = call(
                "POST",
                "/v1/applications/" + world.t1Shop.id() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\"" + scopes + "}");
        assertThat(members(reply)).containsEntry("scopes", Map.of());
    }

    /// GAUNTLET H04: in time and in restrictions too.
    @Test
    void aRestrictedMakerMakesNothingLessRestricted() {
        var restrictions = new Restrictions(
                Restriction.only(List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow())),
                Restriction.only(List.of(world.admin.id())));
        World.Key narrow = world.key(
                world.t1App, new Reach.WholeRole(), Window.until(World.NOW.plus(Duration.ofDays(1))), restrictions);
        String path = "/v1/applications/" + world.t1Shop.id() + "/credentials";
        String end = "\"expires_at\":\"2027-01-01T12:00:00Z\"";
        assertThat(mint(narrow, path, "")).isEqualTo("403 beyond_own_rights");
        assertThat(mint(narrow, path, "\"expires_at\":\"2027-01-03T00:00:00Z\""))
                .isEqualTo("403 beyond_own_rights");
        assertThat(mint(narrow, path, end + ",\"addresses\":[\"10.0.0.0/8\"]")).isEqualTo("403 beyond_own_rights");
        assertThat(mint(narrow, path, end + ",\"addresses\":[\"0.0.0.0/0\"]")).isEqualTo("403 beyond_own_rights");
        assertThat(mint(narrow, path, end + ",\"apis\":[\"orders\"]")).isEqualTo("403 beyond_own_rights");
        assertThat(mint(narrow, path, end + ",\"addresses\":[\"127.0.0.1\"],\"apis\":[\"gatehouse\"]"))
                .isEqualTo("201 ");
        Reply copied = world.call(narrow, "POST", path, "{\"kind\":\"api_key\",\"name\":\"k\"," + end + "}");
        assertThat(members(copied))
                .containsEntry("addresses", List.of("127.0.0.0/8"))
                .containsEntry("apis", List.of("gatehouse"));
        String patch = "{\"expires_at\":\"2027-01-03T00:00:00Z\"}";
        assertThat(problem(world.call(narrow, "PATCH", "/v1/credentials/" + text(copied, "id"), patch)))
                .isEqualTo("403 beyond_own_rights");
    }

    @Test
    void onlyWhoMayMakesAKeyThatOutlivesItsOwn() {
        World.Key brief = world.key(
                world.rootApp,
                new Reach.WholeRole(),
                Window.until(World.NOW.plus(Duration.ofDays(1))),
                Restrictions.NONE);
        assertThat(mint(brief, "/v1/applications/" + world.rootApp.id() + "/credentials", "\"scopes\":\"role\""))
                .isEqualTo("201 ");
    }
}
