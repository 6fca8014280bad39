package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What things may be called (GAUNTLET M06, M07).
class NamesTest extends RequestFixture {
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
}
