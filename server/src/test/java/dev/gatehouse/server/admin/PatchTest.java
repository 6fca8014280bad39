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
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Changing attributes: what is left out stays, `null` takes away, and nobody hands out what it does not hold.
class PatchTest {
    @TempDir
    static Path folder;

    private static Installed installed;

    private final World world = new World(installed);
    private final Rights orders = Rights.at(installed.orders.id(), Scopes.of("orders:read"));

    @BeforeAll
    static void install() {
        installed = new Installed(folder.resolve("data"));
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    private Reply patch(World.Key key, String path, String body) {
        return world.call(key, "PATCH", path, body);
    }

    private String child() {
        return "/v1/organizations/" + world.t1child.id();
    }

    private String shop() {
        return "/v1/applications/" + world.t1Shop.id();
    }

    private String key(World.Key key) {
        return "/v1/credentials/" + key.id();
    }

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

    /// GAUNTLET H01: the same answer as for what never was.
    @Test
    void whatBelongsToOthersIsNotThere() {
        String body = "{\"name\":\"x\"}";
        for (String path : List.of(
                "/v1/organizations/" + world.t2.id(),
                "/v1/organizations/" + world.root.id(),
                "/v1/applications/" + world.t2App.id(),
                key(world.t2Key),
                "/v1/roles/" + world.foreign.id(),
                "/v1/organizations/" + world.t1Shop.id(),
                "/v1/organizations/org_00000000000")) {
            Reply reply = patch(world.t1Key, path, body);
            assertThat(problem(reply)).isEqualTo("404 not_found");
            assertThat(members(reply)).isEqualTo(members(patch(world.t1Key, "/v1/credentials/key_00000000000", body)));
        }
        for (var role : List.of(world.foreign.id(), world.owner.id())) {
            assertThat(problem(patch(world.t1Key, shop(), "{\"role\":\"" + role + "\"}")))
                    .isEqualTo("404 not_found");
        }
    }

    /// GAUNTLET H05.
    @Test
    void nobodyChangesWhatItStandsOn() {
        for (String body : List.of("{\"name\":\"x\"}", "{\"expires_at\":null}", "{}")) {
            assertThat(problem(patch(world.t1Key, key(world.t1Key), body))).isEqualTo("403 beyond_own_rights");
            assertThat(problem(patch(world.t1Key, "/v1/applications/" + world.t1App.id(), body)))
                    .isEqualTo("403 beyond_own_rights");
            assertThat(problem(patch(world.t1Key, "/v1/organizations/" + world.t1.id(), body)))
                    .isEqualTo("403 beyond_own_rights");
        }
        for (String body : List.of("{\"scopes\":\"role\"}", "{\"addresses\":null}", "{\"apis\":null}")) {
            assertThat(problem(patch(world.t1Key, key(world.t1Key), body))).isEqualTo("403 beyond_own_rights");
        }
        assertThat(problem(patch(world.t1Key, "/v1/roles/" + world.manager.id(), "{\"name\":\"x\"}")))
                .isEqualTo("403 beyond_own_rights");
    }

    /// GAUNTLET H04, H07. The caller holds orders:write and not refunds.
    @Test
    void nobodyHandsOutWhatItDoesNotHold() {
        String strong = "/v1/applications/" + world.t1Strong.id();
        assertThat(problem(patch(world.t1Key, shop(), "{\"role\":\"" + world.strong.id() + "\"}")))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(patch(world.t1Key, "/v1/roles/" + world.strong.id(), "{\"name\":\"x\"}")))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(patch(world.t1Key, strong, "{\"expires_at\":\"2027-06-01T00:00:00Z\"}")))
                .isEqualTo("200 ");
        assertThat(problem(patch(world.t1Key, strong, "{\"expires_at\":null}"))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(patch(world.t1Key, strong, "{\"expires_at\":null,\"role\":\"" + world.reader.id() + "\"}")))
                .isEqualTo("200 ");
    }

    /// Narrowing takes no right but the scope; widening hands out the whole credential, in whichever way.
    @Test
    void aStrongerKeyIsNarrowedAndNeverWidened() {
        String path = key(world.t1StrongKey);
        assertThat(problem(patch(world.t1Key, path, "{\"name\":\"renamed\"}"))).isEqualTo("200 ");
        assertThat(problem(patch(
                        world.t1Key,
                        path,
                        "{\"scopes\":{\"orders\":[\"orders:read\",\"refunds\"]},\"addresses\":[\"10.0.0.0/8\"],"
                                + "\"apis\":[\"orders\"],\"expires_at\":\"2027-06-01T00:00:00Z\"}")))
                .isEqualTo("200 ");
        for (String wider : List.of(
                "{\"scopes\":\"role\"}",
                "{\"scopes\":{\"orders\":[\"orders:write\",\"refunds\"]}}",
                "{\"addresses\":null}",
                "{\"addresses\":[\"10.0.0.0/8\",\"192.0.2.0/24\"]}",
                "{\"apis\":null}",
                "{\"apis\":[\"orders\",\"gatehouse\"]}",
                "{\"expires_at\":null}",
                "{\"expires_at\":\"2027-07-01T00:00:00Z\"}")) {
            assertThat(problem(patch(world.t1Key, path, wider))).as(wider).isEqualTo("403 beyond_own_rights");
        }
        assertThat(problem(patch(world.t1Key, path, "{\"scopes\":{\"orders\":[\"orders:write\"]},\"addresses\":null}")))
                .isEqualTo("200 ");
    }

    /// A caller that is restricted or ends soon gives no rights to a credential that is not and does not.
    @Test
    void aRestrictedCallerWidensNothingBeyondItsOwnLimits() {
        World.Key target = world.key(world.t1Shop, new Reach.Only(Rights.NONE), Window.ALWAYS, Restrictions.NONE);
        String give = "{\"scopes\":{\"orders\":[\"orders:read\"]}}";
        World.Key brief = world.key(
                world.t1App,
                new Reach.WholeRole(),
                Window.until(World.NOW.plus(Duration.ofDays(1))),
                Restrictions.NONE);
        assertThat(problem(patch(brief, key(target), give))).isEqualTo("403 beyond_own_rights");
        World.Key near = world.key(
                world.t1App,
                new Reach.WholeRole(),
                Window.ALWAYS,
                new Restrictions(
                        Restriction.only(
                                List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow())),
                        Restriction.unrestricted()));
        assertThat(problem(patch(near, key(target), give))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(patch(near, key(target), "{\"scopes\":\"role\"}"))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(patch(near, key(target), give.replace("}}", "},\"addresses\":[\"127.0.0.1\"]}"))))
                .isEqualTo("200 ");
        assertThat(problem(patch(world.t1Key, key(target), give.replace("}}", "},\"addresses\":null}"))))
                .isEqualTo("200 ");
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
