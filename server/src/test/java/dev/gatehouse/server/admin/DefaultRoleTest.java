package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Organization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The role of applications and members whose maker names none.
class DefaultRoleTest extends AdminFixture {
    private static final String SAID = "default_role";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NEW = "{\"name\":\"new\"}";

    private static String at(Organization organization) {
        return ORGANIZATIONS + "/" + organization.id();
    }

    private Reply says(Organization organization, String json) {
        Reply reply = call("PATCH", at(organization), "{\"" + SAID + "\":" + json + "}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    private Reply application(Organization organization, String body, Header... more) {
        return world.call(world.t1Key, "POST", at(organization) + "/applications", body, more);
    }

    private void given(Reply made) {
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(World.members(made)).containsEntry("role", world.reader.id().text());
    }

    private static void none(Reply made) {
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(World.members(made)).doesNotContainKey("role");
    }

    private static void refused(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        assertThat(World.members(reply).get("detail").toString())
                .contains("name a role, or \"role\": null", "does not hold");
    }

    @Test
    void nothingIsGivenWhereNothingIsSaid() {
        none(application(world.t1, NEW));
    }

    @Test
    void whoeverNamesNoRoleGivesWhatIsSaidAndTheTrailHasIt() {
        assertThat(World.members(says(world.t1, "\"reader\""))).containsEntry(SAID, "reader");
        assertThat(world.store.audit().newest(1).getFirst().detail()).contains(SAID, "role reader");
        given(application(world.t1, NEW));
        assertThat(world.store.audit().newest(1).getFirst().verb()).isEqualTo("application.add");
        assertThat(world.store.audit().newest(1).getFirst().detail())
                .contains(world.reader.id().text());
        none(application(world.t1, "{\"name\":\"without\",\"role\":null}"));
        assertThat(World.members(application(world.t1, "{\"name\":\"other\",\"role\":\"" + world.manager.id() + "\"}")))
                .containsEntry("role", world.manager.id().text());
    }

    @Test
    void membersGetItToo() {
        says(world.t1, "\"reader\"");
        Object user = World.members(call("POST", at(world.t1) + "/users", "{\"username\":\"ada\"}"))
                .get("id");
        String body = "{\"user\":\"" + user + "\"}";
        given(call("POST", at(world.t1) + "/memberships", body));
        assertThat(world.store.audit().newest(1).getFirst().verb()).isEqualTo("membership.add");
        assertThat(world.store.audit().newest(1).getFirst().detail())
                .contains(world.reader.id().text());
        none(call("POST", at(world.t1child) + "/memberships", "{\"user\":\"" + user + "\",\"role\":null}"));
    }

    @Test
    void itHoldsBelowUntilSomebodyNearerSaysElse() {
        says(world.t1, "\"reader\"");
        given(application(world.t1child, NEW));
        Reply off = says(world.t1child, "null");
        assertThat(JSON.writeValueAsString(World.members(off))).contains("\"" + SAID + "\":null");
        none(application(world.t1child, "{\"name\":\"second\"}"));
        assertThat(World.members(says(world.t1child, "\"\""))).doesNotContainKey(SAID);
        given(application(world.t1child, "{\"name\":\"third\"}"));
        says(world.t1, "null");
        none(application(world.t1child, "{\"name\":\"fourth\"}"));
    }

    /// GAUNTLET H04, H07: of a role that the provider has said, nobody learns whether it is there.
    @Test
    void nobodyGivesByItWhatItDoesNotHold() {
        Reply said = world.call(world.rootKey, "PATCH", at(world.t1), "{\"" + SAID + "\":\"strong\"}");
        assertThat(said.status()).isEqualTo(200);
        Reply refused = application(world.t1, NEW);
        refused(refused);
        none(application(world.t1, "{\"name\":\"new\",\"role\":null}"));
        world.call(world.rootKey, "PATCH", at(world.t1), "{\"" + SAID + "\":\"nobody\"}");
        Reply missing = application(world.t1, "{\"name\":\"second\"}");
        refused(missing);
        assertThat(World.members(missing).get("detail"))
                .isEqualTo(World.members(refused).get("detail"));
        world.call(world.rootKey, "PATCH", at(world.t1), "{\"" + SAID + "\":\"owner\"}");
        refused(application(world.t1, "{\"name\":\"third\"}"));
        Reply held = world.call(world.rootKey, "POST", at(world.t1) + "/applications", NEW.replace("new", "fourth"));
        assertThat(World.members(held)).containsEntry("role", world.owner.id().text());
    }

    /// GAUNTLET H07.
    @Test
    void nobodySaysARoleThatItDoesNotHold() {
        Reply refused = call("PATCH", at(world.t1), "{\"" + SAID + "\":\"strong\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(call("POST", ORGANIZATIONS, "{\"name\":\"below\",\"" + SAID + "\":\"strong\"}")
                        .status())
                .isEqualTo(403);
        for (String wrong : new String[] {"\"A B\"", "\"" + world.reader.id() + "\"", "{}", "7"}) {
            assertThat(call("PATCH", at(world.t1), "{\"" + SAID + "\":" + wrong + "}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(call("PATCH", at(world.t1), "{\"name\":\"x\",\"" + SAID + "\":null}")
                        .status())
                .as("GAUNTLET H05")
                .isEqualTo(403);
    }

    @Test
    void anOrganizationIsMadeWithIt() {
        Map<String, Object> made =
                World.members(call("POST", ORGANIZATIONS, "{\"name\":\"with\",\"" + SAID + "\":\"reader\"}"));
        assertThat(made).containsEntry(SAID, "reader");
        given(call("POST", ORGANIZATIONS + "/" + made.get("id") + "/applications", NEW));
        says(world.t1, "\"reader\"");
        Map<String, Object> off =
                World.members(call("POST", ORGANIZATIONS, "{\"name\":\"without\",\"" + SAID + "\":null}"));
        assertThat(off).containsKey(SAID);
        none(call("POST", ORGANIZATIONS + "/" + off.get("id") + "/applications", NEW));
    }

    @Test
    void aRoleThatIsSaidIsNotDeleted() {
        Reply made = call("POST", world.roles(), "{\"name\":\"plain\",\"rights\":{}}");
        String role = "/v1/roles/" + World.members(made).get("id");
        says(world.t1, "\"plain\"");
        Reply kept = call("DELETE", role, "");
        assertThat(kept.status()).isEqualTo(409);
        assertThat(World.members(kept).get("detail").toString()).contains(SAID);
        says(world.t1, "null");
        assertThat(call("DELETE", role, "").status()).isEqualTo(200);
    }

    @Test
    void noneIsWrittenAsNullAgainWhenAReplyIsKept() {
        Header key = new Header("Idempotency-Key", "default-role-none");
        String body = "{\"" + SAID + "\":null}";
        Reply first = world.call(world.t1Key, "PATCH", at(world.t1), body, key);
        Reply again = world.call(world.t1Key, "PATCH", at(world.t1), body, key);
        assertThat(again.status()).isEqualTo(200);
        String text = JSON.writeValueAsString(World.members(again));
        assertThat(text)
                .isEqualTo(JSON.writeValueAsString(World.members(first)))
                .contains("\"" + SAID + "\":null");
    }
}
