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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller sees and hands out ends where it ends itself (GAUNTLET H01, H02, H04, H05, H06, H07).
class AuthorityTest {
    private static final String NOWHERE = "0000000000001";

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

    static List<Row> rows() {
        return Operations.TABLE;
    }

    /// GAUNTLET H01, for every row and every id slot of the table.
    @ParameterizedTest
    @MethodSource("rows")
    void whatBelongsToAnotherTenantIsNotThere(Row row) {
        String path = row.path().text();
        if (!path.contains("{") || path.contains("{api}")) {
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

    /// A body that each form takes.
    private String body(Row row) {
        return switch (String.join(",", row.form().names())) {
            case "name,rights" -> "{\"name\":\"x\",\"rights\":{}}";
            case "rights,version" -> "{\"rights\":{},\"version\":0}";
            case "not_before,expires_at" -> "{\"expires_at\":\"2028-01-01T00:00:00Z\"}";
            case "", "hold", "overlap_seconds" -> row.method().equals("GET") ? "" : "{}";
            case "password" -> "{\"password\":\"none that many have\"}";
            case "user,role,not_before,expires_at" -> "{\"user\":\"user_" + NOWHERE + "\"}";
            case "role,not_before,expires_at" -> "{\"role\":null}";
            case String names when names.startsWith("username,") -> "{\"username\":\"x\"}";
            default ->
                row.form().names().contains("kind") ? "{\"kind\":\"api_key\",\"name\":\"x\"}" : "{\"name\":\"x\"}";
        };
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

    private String mint(World.Key key, String path, String more) {
        String rest = more.isEmpty() ? "" : "," + more;
        return problem(world.call(key, "POST", path, "{\"kind\":\"api_key\",\"name\":\"k\"" + rest + "}"));
    }

    /// GAUNTLET H05: nobody changes what it stands on.
    @ParameterizedTest
    @CsvSource({
        "hold, 403 beyond_own_rights",
        "lift, 403 beyond_own_rights",
        "suspend, 403 beyond_own_rights",
        "resume, 403 beyond_own_rights",
        "cut, 403 beyond_own_rights",
        "revoke, '200 '",
    })
    void aKeyMayOnlyEndItself(String verb, String expected) {
        String own = "/v1/credentials/" + world.t1Key.id();
        assertThat(problem(call("PATCH", own, "{\"expires_at\":null}"))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(call("POST", own + "/" + verb, ""))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "lift", "suspend", "resume", "revoke"})
    void nobodyChangesItsOwnApplicationOrOrganization(String verb) {
        for (String own : List.of("/v1/applications/" + world.t1App.id(), "/v1/organizations/" + world.t1.id())) {
            assertThat(problem(call("POST", own + "/" + verb, ""))).isEqualTo("403 beyond_own_rights");
            assertThat(problem(call("PATCH", own, "{\"expires_at\":null}"))).isEqualTo("403 beyond_own_rights");
            assertThat(problem(call("POST", own + "/cut", ""))).isEqualTo("200 ");
        }
    }

    /// A weak key of a strong application: its siblings have rights that it has not.
    @Test
    void aSiblingWithWiderRightsIsNeitherMadeNorLiftedNorProlonged() {
        World.Key weak = world.key(
                world.t1App,
                new Reach.Only(Rights.at(world.admin.id(), Scopes.of("keys:write"))),
                Window.ALWAYS,
                Restrictions.NONE);
        String siblings = "/v1/applications/" + world.t1App.id() + "/credentials";
        assertThat(mint(weak, siblings, "\"scopes\":\"role\"")).isEqualTo("403 beyond_own_rights");
        assertThat(mint(weak, siblings, "\"scopes\":{\"gatehouse\":[\"apps:write\"]}"))
                .isEqualTo("403 beyond_own_rights");
        assertThat(mint(weak, siblings, "\"scopes\":{\"gatehouse\":[\"keys:read\"]}"))
                .isEqualTo("201 ");
        String sibling = "/v1/credentials/" + world.t1Sibling.id();
        assertThat(problem(world.call(weak, "POST", sibling + "/lift", ""))).isEqualTo("403 beyond_own_rights");
        world.call(world.t1Key, "PATCH", sibling, "{\"expires_at\":\"2027-02-01T00:00:00Z\"}");
        assertThat(problem(world.call(weak, "PATCH", sibling, "{\"expires_at\":null}")))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(world.call(weak, "PATCH", sibling, "{\"expires_at\":\"2027-01-15T00:00:00Z\"}")))
                .isEqualTo("200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider", "policy", "schedule"})
    void holdsOfTheProviderAreSetAndLiftedByItAlone(String hold) {
        String body = "{\"hold\":\"" + hold + "\"}";
        String member = "/v1/applications/" + world.t1Shop.id();
        assertThat(problem(call("POST", member + "/hold", body))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(world.call(world.rootKey, "POST", member + "/hold", body)))
                .isEqualTo("200 ");
        assertThat(problem(call("POST", member + "/lift", body))).isEqualTo("403 beyond_own_rights");
        assertThat(members(call("POST", member + "/resume", ""))).containsEntry("holds", List.of(hold));
    }

    @Test
    void theRootOrganizationIsNeverHeld() {
        String root = "/v1/organizations/" + world.root.id();
        for (String verb : List.of("hold", "suspend", "revoke")) {
            assertThat(problem(world.call(world.rootKey, "POST", root + "/" + verb, "")))
                    .isEqualTo("409 conflict");
        }
        assertThat(problem(world.call(world.rootKey, "PATCH", root, "{\"expires_at\":\"2027-01-02T00:00:00Z\"}")))
                .isEqualTo("409 conflict");
    }

    /// GAUNTLET H07. The caller has the role `manager` and not refunds.
    @Test
    void rolesStayWithinTheRightsOfWhoeverWritesThem() {
        String make = "{\"name\":\"x\",\"rights\":{\"orders\":[\"%s\"]}}";
        assertThat(problem(call("POST", world.roles(), make.formatted("refunds"))))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(call("POST", world.roles(), make.formatted("orders:read"))))
                .isEqualTo("201 ");
        String put = "{\"rights\":{\"orders\":[\"%s\"]},\"version\":0}";
        assertThat(problem(call("PUT", "/v1/roles/" + world.manager.id(), put.formatted("orders:read"))))
                .as("its own role")
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(call("PUT", "/v1/roles/" + world.strong.id(), put.formatted("orders:read"))))
                .as("a role that holds more than the caller")
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(call("PUT", "/v1/roles/" + world.reader.id(), put.formatted("refunds"))))
                .isEqualTo("403 beyond_own_rights");
        String applications = "/v1/organizations/" + world.t1.id() + "/applications";
        assertThat(problem(call("POST", applications, "{\"name\":\"x\",\"role\":\"" + world.strong.id() + "\"}")))
                .isEqualTo("403 beyond_own_rights");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "super%2Dadmin",
                "Super-Admin",
                "super-admin ",
                " super-admin",
                "superadmin/../x",
                "sup\u0435r-admin",
                "",
                ".a",
                "-a",
                "a/b",
                "{{role}}",
                "a\\u0000",
                "a\\u202eb"
            })
    void roleNamesAreOfAnAllowList(String name) {
        assertThat(problem(call("POST", world.roles(), "{\"name\":\"" + name + "\",\"rights\":{}}")))
                .isEqualTo("400 invalid_field");
    }

    /// GAUNTLET H06: a read-only key against every row that writes.
    @ParameterizedTest
    @MethodSource("rows")
    void readScopesOpenNothingThatWrites(Row row) {
        World.Key readOnly = world.key(
                world.rootApp,
                new Reach.Only(Rights.at(
                        world.admin.id(),
                        Scopes.of(
                                "orgs:read",
                                "apps:read",
                                "keys:read",
                                "customers:read",
                                "users:read",
                                "apis:read",
                                "roles:read",
                                "nodes:read"))),
                Window.ALWAYS,
                Restrictions.NONE);
        String path = row.path().text().replaceAll("\\{[a-z]+\\}", "org_" + NOWHERE);
        String status = problem(world.call(readOnly, row.method(), path, body(row)));
        if (row.writes() || path.startsWith("/v1/audit")) {
            assertThat(status).isEqualTo("403 insufficient_scope");
        } else {
            assertThat(status).isIn("200 ", "404 not_found");
        }
    }

    @Test
    void onlyTheProviderWritesApis() {
        World.Key key = world.key(
                world.application(world.t1, "x", world.owner), new Reach.WholeRole(), Window.ALWAYS, Restrictions.NONE);
        String body = "{\"name\":\"x\",\"issuer\":\"https://x.test\"}";
        assertThat(problem(world.call(key, "POST", "/v1/apis", body))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(world.call(key, "PUT", "/v1/apis/orders", "{\"version\":0,\"issuer\":\"https://x.test\"}")))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(world.get(key, "/v1/audit"))).isEqualTo("403 beyond_own_rights");
    }

    private Reply call(String method, String target, String body) {
        return world.call(world.t1Key, method, target, body);
    }
}
