package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What belongs to another tenant is not there, in any slot of any operation (GAUNTLET H01, H02).
class TenancyTest extends RowFixture {
    /// GAUNTLET H01, for every row and every id slot of the table.
    @ParameterizedTest
    @MethodSource("rows")
    void whatBelongsToAnotherTenantIsNotThere(Row row) {
        String path = row.path().text();
        if (!path.contains("{") || path.contains("{api}") || path.contains("{identity_provider}")) {
            return;
        }
        Map<String, String> foreign = Map.of(
                "{organization}", world.t2.id().text(),
                "{application}", world.t2App.id().text(),
                "{credential}", world.t2Key.id().text(),
                "{role}", world.foreign.id().text());
        Map<String, String> above = Map.of(
                "{organization}", world.root.id().text(),
                "{application}", world.rootApp.id().text(),
                "{credential}", world.rootKey.id().text(),
                "{role}", world.owner.id().text());
        Reply never = world.call(world.t1Key, row.method(), filled(path, foreign, true), body(row));
        assertThat(problem(never)).isEqualTo("404 not_found");
        for (Map<String, String> ids : List.of(foreign, above)) {
            Reply hidden = world.call(world.t1Key, row.method(), filled(path, ids, false), body(row));
            assertThat(hidden).isEqualTo(never);
        }
        assertThat(world.store.audit().newest(100))
                .noneMatch(audit -> audit.act().requestId().equals(world.requestId));
    }

    private static String filled(String path, Map<String, String> ids, boolean absent) {
        String out = path;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            String value = id.getValue();
            String none = value.substring(0, value.indexOf('_') + 1) + NOWHERE;
            out = out.replace(id.getKey(), absent ? none : value);
        }
        return out;
    }

    @Test
    void idsOfAnotherTenantInQueriesAndBodiesAreNotThere() {
        assertThat(problem(world.get(world.t1Key, "/v1/organizations?parent=" + world.t2.id())))
                .isEqualTo("404 not_found");
        String parent = "{\"name\":\"x\",\"parent\":\"%s\"}";
        assertThat(problem(call("POST", "/v1/organizations", parent.formatted(world.t2.id()))))
                .isEqualTo("404 not_found");
        assertThat(problem(call("POST", "/v1/organizations", parent.formatted(world.root.id()))))
                .isEqualTo("404 not_found");
        String application = "{\"name\":\"x\",\"role\":\"%s\"}";
        String applications = "/v1/organizations/" + world.t1.id() + "/applications";
        assertThat(problem(call("POST", applications, application.formatted(world.foreign.id()))))
                .isEqualTo("404 not_found");
        assertThat(problem(call("POST", applications, application.formatted(world.owner.id()))))
                .isEqualTo("404 not_found");
        assertThat(problem(world.get(world.t1Key, "/v1/organizations?after=" + world.t2.id())))
                .as("an id of elsewhere as cursor only says where to begin")
                .isEqualTo("200 ");
    }

    /// GAUNTLET H02: an id of another kind, or of another parent, in a slot.
    @Test
    void idsOfTheWrongKindAreNotThere() {
        assertThat(problem(world.get(world.t1Key, "/v1/credentials/" + world.t1Shop.id())))
                .isEqualTo("404 not_found");
        assertThat(problem(world.get(world.t1Key, "/v1/applications/" + world.t1ShopKey.id() + "/credentials")))
                .isEqualTo("404 not_found");
        assertThat(problem(world.get(
                        world.t1Key, "/v1/applications/" + world.t1App.id() + "/credentials/" + world.t1ShopKey.id())))
                .isEqualTo("404 not_found");
    }

    @Test
    void whatIsBelowIsSeenAndWhatIsAboveIsNot() {
        assertThat(world.get(world.t1Key, "/v1/organizations/" + world.t1child.id())
                        .status())
                .isEqualTo(200);
        assertThat(world.get(world.rootKey, "/v1/credentials/" + world.t2Key.id())
                        .status())
                .isEqualTo(200);
        assertThat(problem(world.get(world.t1Key, "/v1/organizations/" + world.root.id())))
                .isEqualTo("404 not_found");
    }
}
