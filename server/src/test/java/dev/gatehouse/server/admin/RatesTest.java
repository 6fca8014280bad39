package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Restriction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rates of credentials, and limits of Apis and their routes, as the admin API takes and shows them.
class RatesTest extends AdminFixture {
    private static final Map<String, Object> TEN = Map.of("requests", 10L, "seconds", 1L, "burst", 20L);
    private static final String TEN_TEXT = "{\"requests\":10,\"seconds\":1,\"burst\":20}";

    private String keys() {
        return "/v1/applications/" + world.t1Shop.id() + "/credentials";
    }

    private Reply made(World.Key by, String rate) {
        return world.call(by, "POST", keys(), "{\"kind\":\"api_key\",\"name\":\"k\",\"rate\":" + rate + "}");
    }

    @Test
    void aRateIsShownAsItWasWrittenAndTakenAway() {
        Reply made = made(world.t1Key, TEN_TEXT);
        assertThat(members(made)).containsEntry("rate", TEN);
        String path = "/v1/credentials/" + text(made, "id");
        assertThat(members(world.call(world.t1Key, "PATCH", path, "{\"rate\":{\"requests\":5,\"seconds\":60}}")))
                .containsEntry("rate", Map.of("requests", 5L, "seconds", 60L, "burst", 5L));
        assertThat(members(world.call(world.t1Key, "PATCH", path, "{\"name\":\"other\"}")))
                .containsKey("rate");
        assertThat(members(world.call(world.t1Key, "PATCH", path, "{\"rate\":null}")))
                .doesNotContainKey("rate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10",
                "\"10/1\"",
                "{}",
                "{\"requests\":10}",
                "{\"seconds\":1}",
                "{\"requests\":0,\"seconds\":1}",
                "{\"requests\":1,\"seconds\":86401}",
                "{\"requests\":1000001,\"seconds\":1}",
                "{\"requests\":10,\"seconds\":1,\"burst\":0}",
                "{\"requests\":1,\"seconds\":86400,\"burst\":31}",
                "{\"requests\":1.5,\"seconds\":1}"
            })
    void whatIsNoRateIsRefused(String rate) {
        assertThat(problem(made(world.t1Key, rate))).startsWith("400 ");
    }

    /// GAUNTLET H04: who is restricted makes nothing less restricted.
    @Test
    void whoHasARateGivesNoneThatIsWider() {
        Restrictions own = new Restrictions(
                Restriction.unrestricted(),
                Restriction.unrestricted(),
                Restriction.unrestricted(),
                Optional.of(new Rate(10, 1, 20)));
        World.Key maker = world.key(world.t1App, new Reach.WholeRole(), Window.ALWAYS, own);
        assertThat(members(made(maker, TEN_TEXT))).containsEntry("rate", TEN);
        assertThat(problem(made(maker, "{\"requests\":11,\"seconds\":1,\"burst\":20}")))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(made(maker, "{\"requests\":10,\"seconds\":1,\"burst\":21}")))
                .isEqualTo("403 beyond_own_rights");
        Reply copied = world.call(maker, "POST", keys(), "{\"kind\":\"api_key\",\"name\":\"k\"}");
        assertThat(members(copied)).containsEntry("rate", TEN);
        String path = "/v1/credentials/" + text(copied, "id");
        assertThat(problem(world.call(maker, "PATCH", path, "{\"rate\":null}"))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(world.call(maker, "PATCH", path, "{\"rate\":{\"requests\":1,\"seconds\":1}}")))
                .isEqualTo("200 ");
        assertThat(problem(world.call(world.t1Key, "PATCH", path, "{\"rate\":null}")))
                .isEqualTo("200 ");
    }

    /// GAUNTLET H05.
    @Test
    void noKeyChangesItsOwnRate() {
        assertThat(problem(world.call(
                        world.t1Key, "PATCH", "/v1/credentials/" + world.t1Key.id(), "{\"rate\":" + TEN_TEXT + "}")))
                .startsWith("403 ");
    }

    @Test
    void aRotatedKeyKeepsItsRate() {
        Reply made = made(world.t1Key, TEN_TEXT);
        Reply rotated = world.call(world.t1Key, "POST", "/v1/credentials/" + text(made, "id") + "/rotate", "{}");
        assertThat(members(rotated)).containsEntry("rate", TEN);
    }

    @Test
    void limitsOfAnApiAndItsRoutesAreShownAsTheyWereWritten() {
        String body = """
                {"name":"limited","issuer":"https://limited.test","listener":"limited",
                 "limits":{"credential":{"requests":10,"seconds":1,"burst":20},"guesses":{"requests":30,"seconds":60}},
                 "routes":[{"methods":["GET"],"path":"/a","open":true,"rate":{"requests":1,"seconds":2}},
                           {"methods":["GET"],"path":"/b","open":true}]}""";
        Reply made = world.call(world.rootKey, "POST", "/v1/apis", body);
        assertThat(members(made))
                .containsEntry(
                        "limits",
                        Map.of("credential", TEN, "guesses", Map.of("requests", 30L, "seconds", 60L, "burst", 30L)));
        assertThat((List<?>) members(made).get("routes"))
                .first()
                .hasToString("{methods=[GET], path=/a, open=true, rate={requests=1, seconds=2, burst=1}}");
        assertThat(members(world.get(world.rootKey, "/v1/apis/limited"))).isEqualTo(members(made));
        Reply bare = world.call(
                world.rootKey,
                "PUT",
                "/v1/apis/limited",
                "{\"version\":" + text(made, "version") + ",\"issuer\":\"https://limited.test\"}");
        assertThat(members(bare)).doesNotContainKey("limits");
    }

    @Test
    void aRateIsNoNeedOfARoute() {
        assertThat(problem(world.call(
                        world.rootKey,
                        "POST",
                        "/v1/apis",
                        "{\"name\":\"bare\",\"issuer\":\"https://bare.test\",\"routes\":[{\"methods\":[\"GET\"],"
                                + "\"path\":\"/a\",\"rate\":{\"requests\":1,\"seconds\":2}}]}")))
                .startsWith("400 ");
    }
}
