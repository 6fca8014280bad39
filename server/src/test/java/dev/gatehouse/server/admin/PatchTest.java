package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Changing attributes: what is left out stays, `null` takes away, and what is narrowed counts from the reply on.
class PatchTest extends PatchFixture {
    @Test
    void whatIsLeftOutStaysAndNullTakesAway() {
        Reply renamed = patch(world.t1Key, child(), "{\"name\":\"Branch\",\"expires_at\":\"2027-06-01T00:00:00Z\"}");
        assertThat(members(renamed))
                .containsEntry("name", "Branch")
                .containsEntry("expires_at", "2027-06-01T00:00:00Z")
                .containsEntry("version", 1L);
        Reply opened = patch(world.t1Key, child(), "{\"expires_at\":null}");
        assertThat(members(opened)).containsEntry("name", "Branch").doesNotContainKey("expires_at");
        assertThat(members(patch(world.t1Key, child(), "{}"))).isEqualTo(members(opened));
        Reply role = patch(world.t1Key, shop(), "{\"role\":null,\"name\":\"Shop 2\"}");
        assertThat(members(role)).containsEntry("name", "Shop 2").doesNotContainKey("role");
        Map<String, Object> shown = new LinkedHashMap<>(members(role));
        assertThat(shown.remove("receipt")).isNotNull();
        assertThat(members(world.get(world.t1Key, shop()))).isEqualTo(shown);
    }

    @Test
    void aCredentialsScopesAddressesAndApisAreReplaced() {
        String path = key(world.t1ShopKey);
        Reply reply = patch(
                world.t1Key,
                path,
                "{\"name\":\"n\",\"scopes\":{\"orders\":[\"orders:read\"]},\"addresses\":[\"10.0.0.0/8\"],\"apis\":[\"orders\"]}");
        assertThat(members(reply))
                .containsEntry("name", "n")
                .containsEntry("scopes", Map.of("orders", List.of("orders:read")))
                .containsEntry("addresses", List.of("10.0.0.0/8"))
                .containsEntry("apis", List.of("orders"));
        Reply back = patch(world.t1Key, path, "{\"scopes\":null,\"addresses\":null,\"apis\":null}");
        assertThat(members(back)).containsEntry("scopes", Map.of()).doesNotContainKeys("addresses", "apis");
        assertThat(world.store.audit().newest(1).getFirst().detail())
                .contains(
                        "\"scopes\":\"\",\"scopes_before\":\"api_",
                        "\"addresses\":\"\",\"addresses_before\":\"10.0.0.0/8\"");
    }

    @Test
    void aNarrowedKeyIsRefusedFromTheReplyOn() {
        World.Key key = world.key(world.t1App, new Reach.WholeRole(), Window.ALWAYS, Restrictions.NONE);
        assertThat(world.get(key, child()).status()).isEqualTo(200);
        assertThat(patch(world.t1Key, key(key), "{\"scopes\":{\"gatehouse\":[\"keys:read\"]}}")
                        .status())
                .isEqualTo(200);
        assertThat(problem(world.get(key, child()))).isEqualTo("403 insufficient_scope");
        assertThat(patch(world.t1Key, key(key), "{\"addresses\":[\"192.0.2.1\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(problem(world.get(key, "/v1/whoami"))).isEqualTo("401 invalid_token");
    }

    @Test
    void anApplicationWithoutItsRoleMayDoNothingFromTheReplyOn() {
        World.Key key = world.key(
                world.application(world.t1, "other", world.manager),
                new Reach.WholeRole(),
                Window.ALWAYS,
                Restrictions.NONE);
        assertThat(world.get(key, child()).status()).isEqualTo(200);
        String application = "/v1/applications/" + key.credential().holder();
        assertThat(patch(world.t1Key, application, "{\"role\":null}").status()).isEqualTo(200);
        assertThat(problem(world.get(key, child()))).isEqualTo("403 insufficient_scope");
    }

    /// Wrong types, members of other operations and of nobody (GAUNTLET H03).
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            org  | {"name":null}                    | 400 invalid_field
            org  | {"name":7}                       | 400 invalid_field
            org  | {"name":" x"}                    | 400 invalid_field
            org  | {"parent":null}                  | 400 unknown_field
            org  | {"id":"org_00000000000"}         | 400 unknown_field
            org  | {"holds":[]}                     | 400 unknown_field
            org  | {"generation":9}                 | 400 unknown_field
            org  | {"revoked":false}                | 400 unknown_field
            org  | {"expires_at":1}                 | 400 invalid_field
            org  | {"expires_at":"","name":"x"}     | 400 invalid_field
            org  | {"not_before":"2027-02-01T00:00:00Z","expires_at":"2027-01-01T00:00:00Z"} | 400 invalid_field
            app  | {"client_id":"mine"}             | 400 unknown_field
            app  | {"organization":null}            | 400 unknown_field
            app  | {"role":"reader"}                | 400 invalid_field
            app  | {"role":[]}                      | 400 invalid_field
            app  | {"role":{}}                      | 400 invalid_field
            app  | {"name":["x"]}                   | 400 invalid_field
            cred | {"kind":"secret"}                | 400 unknown_field
            cred | {"hint":"x"}                     | 400 unknown_field
            cred | {"digest":"x"}                   | 400 unknown_field
            cred | {"secret":"0123456789abcdef"}    | 400 unknown_field
            cred | {"application":null}             | 400 unknown_field
            cred | {"scopes":[]}                    | 400 invalid_field
            cred | {"scopes":"all"}                 | 400 invalid_field
            cred | {"scopes":{"orders":["*"]}}      | 400 invalid_field
            cred | {"scopes":{"orders":["refunds"]}} | 400 invalid_field
            cred | {"addresses":[]}                 | 400 invalid_field
            cred | {"addresses":["0.0.0.0/99"]}     | 400 invalid_field
            cred | {"addresses":"10.0.0.0/8"}       | 400 invalid_field
            cred | {"apis":["nothing"]}             | 400 invalid_field
            cred | {"apis":[null]}                  | 400 invalid_field
            role | {"built_in":true}                | 400 unknown_field
            role | {"name":"Reader"}                | 400 invalid_field
            role | {"rights":null}                  | 400 invalid_field
            role | {"rights":{"orders":["refunds"]}} | 403 beyond_own_rights
            role | {"version":-1}                   | 400 invalid_field
            role | {"name":"x","version":7}         | 409 conflict
            role | {"name":"strong"}                | 409 conflict
            """)
    void onlyWhatAnAttributeMayBeIsTaken(String noun, String body, String expected) {
        String path = switch (noun) {
            case "org" -> child();
            case "app" -> shop();
            case "cred" -> key(world.t1ShopKey);
            default -> "/v1/roles/" + world.reader.id();
        };
        Map<String, Object> before = members(world.get(world.t1Key, path));
        assertThat(problem(patch(world.t1Key, path, body))).isEqualTo(expected);
        assertThat(members(world.get(world.t1Key, path))).isEqualTo(before);
    }

    @Test
    void whatIsRevokedOrNamedTwiceIsNotChanged() {
        World.Key key = world.key(world.t1Shop, new Reach.Only(orders), Window.ALWAYS, Restrictions.NONE);
        world.call(world.t1Key, "POST", key(key) + "/revoke", "");
        assertThat(problem(patch(world.t1Key, key(key), "{\"name\":\"x\"}"))).isEqualTo("409 conflict");
        assertThat(problem(patch(world.t1Key, shop(), "{\"name\":\"T1 strong\"}")))
                .isEqualTo("409 conflict");
        Reply other = world.call(world.t1Key, "POST", "/v1/organizations", "{\"name\":\"Other\"}");
        assertThat(problem(patch(world.t1Key, "/v1/organizations/" + text(other, "id"), "{\"name\":\"T1 child\"}")))
                .isEqualTo("409 conflict");
    }

    @Test
    void aRoleIsRenamedWithItsRightsKept() {
        Reply renamed = patch(world.t1Key, "/v1/roles/" + world.reader.id(), "{\"name\":\"viewer\"}");
        assertThat(members(renamed))
                .containsEntry("name", "viewer")
                .containsEntry("version", 1L)
                .containsEntry("rights", Map.of("orders", List.of("orders:read")));
        assertThat(problem(patch(world.t1Key, "/v1/roles/" + world.reader.id(), "{\"rights\":{},\"version\":1}")))
                .isEqualTo("200 ");
        assertThat(problem(world.call(world.rootKey, "PATCH", "/v1/roles/" + world.owner.id(), "{\"name\":\"boss\"}")))
                .isEqualTo("403 beyond_own_rights");
    }

    @Test
    void theProviderRenamesItself() {
        String root = "/v1/organizations/" + world.root.id();
        assertThat(problem(patch(world.rootKey, root, "{\"name\":\"provider of all\"}")))
                .isEqualTo("200 ");
        assertThat(problem(patch(world.rootKey, root, "{\"expires_at\":\"2028-01-01T00:00:00Z\"}")))
                .isEqualTo("409 conflict");
    }
}
