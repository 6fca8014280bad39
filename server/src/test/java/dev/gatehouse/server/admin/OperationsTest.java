package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What each operation does for a caller that may.
class OperationsTest extends AdminFixture {
    @Test
    void anOrganizationIsMadeBelowTheCallersAndShown() {
        Reply made = world.call(world.t1Key, "POST", "/v1/organizations", "{\"name\":\"Filiale Zürich\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(members(made))
                .containsEntry("name", "Filiale Zürich")
                .containsEntry("parent", world.t1.id().text())
                .containsEntry("state", "active")
                .containsEntry("generation", 0L);
        assertThat(header(made, "Location")).hasValue("/v1/organizations/" + text(made, "id"));
        Reply shown = world.get(world.t1Key, "/v1/organizations/" + text(made, "id"));
        assertThat(members(shown)).isEqualTo(members(made));
    }

    @Test
    void aParentThatIsNamedIsTakenWhenItIsSeen() {
        String body = "{\"name\":\"x\",\"parent\":\"" + world.t1child.id() + "\"}";
        assertThat(members(world.call(world.t1Key, "POST", "/v1/organizations", body)))
                .containsEntry("parent", world.t1child.id().text());
    }

    @Test
    void listsArePagedByIdToTheEnd() {
        for (int i = 0; i < 5; i++) {
            world.call(world.t1Key, "POST", "/v1/organizations", "{\"name\":\"o" + i + "\"}");
        }
        List<Object> seen = new ArrayList<>();
        String target = "/v1/organizations?limit=2";
        while (!target.isEmpty()) {
            Reply page = world.get(world.t1Key, target);
            items(page).forEach(item -> seen.add(((Map<?, ?>) item).get("id")));
            target = members(page).containsKey("next") ? "/v1/organizations?limit=2&after=" + text(page, "next") : "";
        }
        assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void anApplicationIsKnownByItsOwnIdUnlessItIsGivenAName() {
        String path = "/v1/organizations/" + world.t1.id() + "/applications";
        Reply plain = world.call(world.t1Key, "POST", path, "{\"name\":\"a\"}");
        assertThat(plain.status()).isEqualTo(201);
        assertThat(text(plain, "client_id")).isEqualTo(text(plain, "id"));
        assertThat(members(plain)).doesNotContainKey("role");
        String body = "{\"name\":\"b\",\"client_id\":\"shop.1~x\",\"role\":\"" + world.reader.id() + "\"}";
        assertThat(members(world.call(world.t1Key, "POST", path, body)))
                .containsEntry("client_id", "shop.1~x")
                .containsEntry("role", world.reader.id().text());
        assertThat(problem(world.call(world.t1Key, "POST", path, body))).isEqualTo("409 conflict");
        assertThat(items(world.get(world.t1Key, path))).hasSize(5);
    }

    @Test
    void aKeyIsShownOnceAndWorks() {
        String path = "/v1/applications/" + world.t1App.id() + "/credentials";
        String body = """
                {"kind":"api_key","name":"k","environment":"test","scopes":{"gatehouse":["orgs:read"]},
                 "addresses":["127.0.0.0/8"],"apis":["gatehouse"],
                 "not_before":"2026-12-01T00:00:00Z","expires_at":"2027-02-01T01:00:00.5+01:00"}""";
        Reply made = world.call(world.t1Key, "POST", path, body);
        assertThat(made.status()).isEqualTo(201);
        assertThat(members(made))
                .containsEntry("scopes", Map.of("gatehouse", List.of("orgs:read")))
                .containsEntry("addresses", List.of("127.0.0.0/8"))
                .containsEntry("apis", List.of("gatehouse"))
                .containsEntry("expires_at", "2027-02-01T00:00:00.500Z");
        String secret = text(made, "secret");
        assertThat(secret).startsWith("ghk_test_");
        String target = "/v1/credentials/" + text(made, "id");
        assertThat(header(made, "Location")).hasValue(target);
        assertThat(members(world.get(world.t1Key, target)).toString()).doesNotContain(secret);
        assertThat(text(world.get(world.t1Key, target), "hint")).endsWith(secret.substring(secret.length() - 4));
        assertThat(items(world.get(world.t1Key, path)).toString()).doesNotContain(secret);
        Id id = Id.parse(text(made, "id")).orElseThrow();
        World.Key key = new World.Key(world.store.members().credential(id).orElseThrow(), secret);
        assertThat(world.get(key, "/v1/organizations").status()).isEqualTo(200);
        assertThat(problem(world.call(key, "POST", "/v1/organizations", "{\"name\":\"x\"}")))
                .isEqualTo("403 insufficient_scope");
    }

    @Test
    void aClientSecretIsNoKeyForCalls() {
        Reply made = world.call(
                world.t1Key,
                "POST",
                "/v1/applications/" + world.t1App.id() + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}");
        assertThat(text(made, "scopes")).isEqualTo("role");
        assertThat(text(made, "secret")).startsWith("ghs_live_");
        World.Key key = new World.Key(world.t1Key.credential(), text(made, "secret"));
        assertThat(problem(world.get(key, "/v1/whoami"))).isEqualTo("401 invalid_token");
    }

    @Test
    void everyVerbAnswersWithTheMemberAsItIsNow() {
        for (String member : List.of(
                "/v1/organizations/" + world.t1child.id(),
                "/v1/applications/" + world.t1Shop.id(),
                "/v1/credentials/" + world.t1ShopKey.id())) {
            assertThat(members(verb(world.t1Key, member, "hold", "")))
                    .containsEntry("state", "suspended")
                    .containsEntry("holds", List.of("owner"));
            assertThat(members(verb(world.rootKey, member, "hold", "{\"hold\":\"provider\"}")))
                    .containsEntry("holds", List.of("owner", "provider"));
            assertThat(members(verb(world.t1Key, member, "resume", "{}"))).containsEntry("holds", List.of("provider"));
            assertThat(members(verb(world.rootKey, member, "lift", "{\"hold\":\"provider\"}")))
                    .containsEntry("state", "active")
                    .containsEntry("generation", 0L);
            assertThat(members(verb(world.t1Key, member, "suspend", ""))).containsEntry("state", "suspended");
            assertThat(members(verb(world.t1Key, member, "lift", ""))).containsEntry("state", "active");
            assertThat(members(verb(world.t1Key, member, "cut", ""))).containsEntry("generation", 1L);
            assertThat(members(world.call(world.rootKey, "PATCH", member, "{\"expires_at\":\"2026-12-31T00:00:00Z\"}")))
                    .containsEntry("state", "expired");
            assertThat(members(world.call(world.rootKey, "PATCH", member, "{\"expires_at\":null}")))
                    .containsEntry("state", "active")
                    .doesNotContainKey("expires_at");
            assertThat(members(verb(world.t1Key, member, "revoke", ""))).containsEntry("state", "revoked");
            assertThat(members(world.get(world.t1Key, member))).containsEntry("state", "revoked");
        }
    }

    @Test
    void aWindowThatIsChangedOnOneSideKeepsTheOther() {
        String member = "/v1/applications/" + world.t1Shop.id();
        world.call(world.t1Key, "PATCH", member, "{\"not_before\":\"2026-01-01T00:00:00Z\"}");
        assertThat(members(world.call(world.t1Key, "PATCH", member, "{\"expires_at\":\"2028-01-01T00:00:00Z\"}")))
                .containsEntry("not_before", "2026-01-01T00:00:00Z")
                .containsEntry("expires_at", "2028-01-01T00:00:00Z");
    }

    @Test
    void aRoleIsMadeListedAndReplacedUnderItsVersion() {
        Reply made = world.call(
                world.t1Key, "POST", world.roles(), "{\"name\":\"clerk\",\"rights\":{\"orders\":[\"orders:read\"]}}");
        assertThat(made.status()).isEqualTo(201);
        String target = "/v1/roles/" + text(made, "id");
        Reply replaced =
                world.call(world.t1Key, "PUT", target, "{\"rights\":{\"orders\":[\"orders:write\"]},\"version\":0}");
        assertThat(members(replaced))
                .containsEntry("rights", Map.of("orders", List.of("orders:write")))
                .containsEntry("version", 1L);
        assertThat(problem(world.call(world.t1Key, "PUT", target, "{\"rights\":{},\"version\":0}")))
                .isEqualTo("409 conflict");
        assertThat(items(world.get(world.t1Key, world.roles()))).hasSize(4);
        assertThat(items(world.get(world.rootKey, world.roles()))).hasSize(4);
    }

    @Test
    void theAuditTrailSaysWhoDidWhat() {
        verb(world.t1Key, "/v1/applications/" + world.t1Shop.id(), "hold", "");
        List<?> rows = items(world.get(world.rootKey, "/v1/audit?limit=1"));
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().toString())
                .contains(
                        "verb=application.hold",
                        world.t1Shop.id().text(),
                        "credential=" + world.t1Key.id(),
                        "request_id=" + world.requestId);
        assertThat(problem(world.get(world.t1Key, "/v1/audit"))).isEqualTo("403 insufficient_scope");
    }

    @Test
    void whoamiSaysWhatTheCallerMayDo() {
        assertThat(members(world.get(world.t1Key, "/v1/whoami")).get("rights").toString())
                .contains("orders=[orders:write]", "keys:write")
                .doesNotContain("refunds");
    }

    private Reply verb(World.Key key, String member, String verb, String body) {
        return world.call(key, "POST", member + "/" + verb, body);
    }
}
