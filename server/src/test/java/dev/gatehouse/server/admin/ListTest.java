package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of lists by number and by name, and their length.
class ListTest extends AdminFixture {
    private Reply list(String query) {
        return world.get(world.t1Key, ORGANIZATIONS + "?" + query);
    }

    private static List<Object> ids(Reply page) {
        List<Object> ids = new ArrayList<>();
        World.items(page).forEach(item -> ids.add(((Map<?, ?>) item).get("id")));
        return ids;
    }

    @BeforeEach
    void moreChildren() {
        for (String name : List.of("o1", "o2", "o3", "o4", "o5", "B\u00e4r & +%Co \ud83d\ude00")) {
            world.call(world.t1Key, "POST", ORGANIZATIONS, "{\"name\":\"" + name + "\"}");
        }
    }

    @Test
    void pagesAreThoseThatTheCursorWalksOver() {
        List<Object> all = ids(list("limit=200"));
        assertThat(all).hasSize(7);
        List<Object> seen = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            seen.addAll(ids(list("limit=3&page=" + page)));
        }
        assertThat(seen).isEqualTo(all);
        assertThat(ids(list("limit=3&page=4"))).isEmpty();
        assertThat(World.members(list("limit=3&page=4"))).doesNotContainKey("next");
        Object next = World.members(list("limit=3&page=2")).get("next");
        assertThat(ids(list("limit=3&after=" + next))).isEqualTo(all.subList(6, 7));
    }

    @Test
    void theLengthIsSaidWhenItIsAskedFor() {
        assertThat(World.members(list("limit=3&count=true"))).containsEntry("total", 7L);
        assertThat(World.members(list("limit=3&page=9&count=true"))).containsEntry("total", 7L);
        assertThat(World.members(list("limit=3&count=false"))).doesNotContainKey("total");
        assertThat(World.members(list("name=o2&count=true"))).containsEntry("total", 1L);
        assertThat(World.members(world.get(world.rootKey, "/v1/apis?limit=1&count=true")))
                .containsEntry("total", (long)
                        World.items(world.get(world.rootKey, "/v1/apis")).size());
    }

    @Test
    void aNameIsComparedAsItIsAndNotAsItIsEncoded() {
        String name = "B\u00e4r & +%Co \ud83d\ude00";
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        Reply found = list("name=" + encoded);
        assertThat(World.items(found))
                .singleElement()
                .satisfies(item -> assertThat(((Map<?, ?>) item).get("name")).isEqualTo(name));
        assertThat(ids(list("name=O2"))).isEmpty();
        assertThat(ids(list("name=o%32"))).hasSize(1);
        assertThat(World.items(world.get(world.rootKey, "/v1/apis?name=orders")))
                .hasSize(1);
        assertThat(World.items(world.get(world.rootKey, "/v1/apis?name=orders&page=2")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=01",
                "page=1.0",
                "page=",
                "page=99999999999",
                "limit=200&page=52",
                "limit=1&page=10002",
                "count=",
                "count=TRUE",
                "count=1",
                "name=",
                "name=%00",
                "name=%20x",
                "name=e%CC%81",
                "name=%ff",
                "name=%ED%A0%80",
                "name=a&name=a"
            })
    void otherValuesAreRefused(String query) {
        assertThat(World.problem(list(query))).isEqualTo("400 invalid_parameter");
    }

    @Test
    void theFirstTenThousandAreSkippedAndNoMore() {
        assertThat(list("limit=200&page=51").status()).isEqualTo(200);
        assertThat(list("limit=1&page=10001").status()).isEqualTo(200);
        assertThat(World.text(list("limit=200&page=52"), "detail")).contains("1 to 51", "`after`");
    }

    @Test
    void aPageIsFoundByItsNumberOrByItsMark() {
        Object first = ids(list("limit=1")).getFirst();
        assertThat(World.text(list("page=1&after=" + first), "detail")).contains("not together with `after`");
    }
}
