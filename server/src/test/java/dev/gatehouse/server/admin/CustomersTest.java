package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The customers of organizations at the admin API.
class CustomersTest extends AdminFixture {
    private final String list = "/v1/organizations/" + world.t1.id() + "/customers";

    private Reply post(String path, String body) {
        return world.call(world.t1Key, "POST", path, body);
    }

    private String made(String name) {
        Reply reply = post(list, "{\"name\":\"" + name + "\"}");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return "/v1/customers/" + text(reply, "id");
    }

    @Test
    void aCustomerIsMadeShownListedAndFoundByName() {
        Reply reply = post(list, "{\"name\":\"4711\",\"expires_at\":\"2030-01-01T00:00:00Z\"}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(header(reply, "Location")).contains("/v1/customers/" + text(reply, "id"));
        assertThat(members(reply))
                .containsEntry("organization", world.t1.id().text())
                .containsEntry("name", "4711")
                .containsEntry("state", "active")
                .containsEntry("expires_at", "2030-01-01T00:00:00Z")
                .doesNotContainKeys("role", "secret", "scopes");
        made("4712");
        assertThat(members(world.get(world.t1Key, "/v1/customers/" + text(reply, "id"))))
                .isEqualTo(members(reply));
        assertThat(items(world.get(world.t1Key, list))).hasSize(2);
        assertThat(items(world.get(world.t1Key, list + "?name=4711"))).isEqualTo(List.of(members(reply)));
        assertThat(members(world.get(world.t1Key, list + "?count=true"))).containsEntry("total", 2L);
        assertThat(problem(post(list, "{\"name\":\"4711\"}"))).isEqualTo("409 conflict");
    }

    @Test
    void nameAndWindowChangeAndObeyTheEntityTag() {
        String path = made("4711");
        String etag = header(world.get(world.t1Key, path), "ETag").orElseThrow();
        Reply renamed = world.call(world.t1Key, "PATCH", path, "{\"name\":\"4712\"}", new Header("If-Match", etag));
        assertThat(members(renamed)).containsEntry("name", "4712").containsKey("receipt");
        assertThat(problem(world.call(world.t1Key, "PATCH", path, "{\"name\":\"x\"}", new Header("If-Match", etag))))
                .isEqualTo("412 precondition_failed");
        assertThat(problem(world.call(world.t1Key, "POST", path + "/cut", "", new Header("If-Match", etag))))
                .isEqualTo("412 precondition_failed");
        Reply once = world.call(
                world.t1Key, "POST", path + "/cut", "{}", new Header("Idempotency-Key", "k" + world.requestId));
        Reply again = world.call(
                world.t1Key, "POST", path + "/cut", "{}", new Header("Idempotency-Key", "k" + world.requestId));
        assertThat(text(again, "generation")).isEqualTo(text(once, "generation"));
    }

    @ParameterizedTest
    @CsvSource({"suspend, suspended, true", "hold, suspended, true", "cut, active, true", "revoke, revoked, true"})
    void eachVerbAnswersWithTheCustomerAndAReceipt(String verb, String state, boolean receipt) {
        String path = made("4711");
        Reply reply = post(path + "/" + verb, "");
        assertThat(members(reply)).containsEntry("state", state);
        assertThat(members(reply).containsKey("receipt")).isEqualTo(receipt);
        assertThat(world.store.audit().newest(1).getFirst().verb())
                .isEqualTo("customer." + (verb.equals("suspend") ? "hold" : verb));
    }

    @Test
    void aHoldOfTheProviderIsTheProvidersToLift() {
        String path = made("4711");
        String provider = "{\"hold\":\"provider\"}";
        assertThat(problem(post(path + "/hold", provider))).startsWith("403");
        assertThat(members(world.call(world.rootKey, "POST", path + "/hold", provider)))
                .containsEntry("holds", List.of("provider"));
        assertThat(problem(post(path + "/lift", provider))).startsWith("403");
        assertThat(members(world.call(world.rootKey, "POST", path + "/lift", provider)))
                .containsEntry("state", "active");
    }

    @Test
    void whoMayOnlyReadWritesNothingAndWhoHoldsNeitherSeesNothing() {
        String path = made("4711");
        for (var row : Map.of("customers:read", 200, "orgs:write", 403).entrySet()) {
            World.Key key = world.key(
                    world.t1App,
                    new Reach.Only(Rights.at(world.admin.id(), Scopes.of(row.getKey()))),
                    Window.ALWAYS,
                    Restrictions.NONE);
            assertThat(world.get(key, path).status()).isEqualTo(row.getValue());
            assertThat(world.get(key, list).status()).isEqualTo(row.getValue());
            assertThat(world.call(key, "POST", list, "{\"name\":\"x\"}").status())
                    .isEqualTo(403);
            assertThat(world.call(key, "POST", path + "/suspend", "").status()).isEqualTo(403);
        }
    }

    /// GAUNTLET H01: seen from below, the provider is another one's tree too.
    @Test
    void aCustomerBelowIsSeenAndOneBesideOrAboveIsNotThere() {
        Reply below = post("/v1/organizations/" + world.t1child.id() + "/customers", "{\"name\":\"4711\"}");
        assertThat(below.status()).isEqualTo(201);
        for (var organization : List.of(world.root, world.t2)) {
            String others = "/v1/organizations/" + organization.id() + "/customers";
            Reply foreign = world.call(world.rootKey, "POST", others, "{\"name\":\"" + world.requestId + "\"}");
            assertThat(problem(world.get(world.t1Key, "/v1/customers/" + text(foreign, "id"))))
                    .isEqualTo("404 not_found");
            assertThat(problem(post(others, "{\"name\":\"x\"}"))).isEqualTo("404 not_found");
            assertThat(problem(world.get(world.t1Key, others))).isEqualTo("404 not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":\" 4711\"}",
                "{\"name\":null}",
                "{\"name\":4711}",
                "{\"name\":\"x\",\"organization\":\"org_0000000000000\"}",
                "{\"name\":\"x\",\"generation\":7}",
                "{\"name\":\"x\",\"expires_at\":\"yesterday\"}",
                "{\"name\":\"x\",\"role\":\"owner\"}"
            })
    void whatIsNoCustomerIsNotMade(String body) {
        assertThat(post(list, body).status()).as(body).isEqualTo(400);
        assertThat(items(world.get(world.t1Key, list))).isEmpty();
    }
}
