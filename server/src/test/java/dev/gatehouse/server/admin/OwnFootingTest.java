package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody changes what it stands on, nor what stands higher (GAUNTLET H05).
class OwnFootingTest extends AdminFixture {
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

    /// The one owner of the installation, for whoever may otherwise end it, and for itself.
    @Test
    void theLastOwnerIsLeft() {
        String rights = "{\"gatehouse\":[\"apps:write\",\"keys:write\"]}";
        String role = text(
                world.call(
                        world.rootKey,
                        "POST",
                        "/v1/organizations/" + world.root.id() + "/roles",
                        "{\"name\":\"helper\",\"rights\":" + rights + "}"),
                "id");
        Role helping =
                world.store.apis().role(Id.parse(Kind.ROLE, role).orElseThrow()).orElseThrow();
        World.Key helper = world.key(
                world.application(world.root, "helper", helping),
                new Reach.WholeRole(),
                Window.ALWAYS,
                Restrictions.NONE);
        String application = "/v1/applications/" + world.rootApp.id();
        String key = "/v1/credentials/" + world.rootKey.id();
        for (String member : List.of(application, key)) {
            assertThat(problem(world.call(helper, "POST", member + "/suspend", "")))
                    .isEqualTo("409 last_owner");
            assertThat(problem(world.call(helper, "POST", member + "/revoke", "")))
                    .isEqualTo("409 last_owner");
        }
        assertThat(problem(world.call(helper, "PATCH", application, "{\"role\":null}")))
                .isEqualTo("409 last_owner");
        assertThat(problem(world.call(world.rootKey, "POST", key + "/revoke", "")))
                .isEqualTo("409 last_owner");
        World.Key second = world.key(
                world.application(world.root, "second", world.owner),
                new Reach.WholeRole(),
                Window.ALWAYS,
                Restrictions.NONE);
        assertThat(problem(world.call(helper, "POST", application + "/suspend", "")))
                .isEqualTo("200 ");
        assertThat(problem(world.call(second, "POST", application + "/resume", "")))
                .isEqualTo("200 ");
        assertThat(problem(world.call(second, "POST", "/v1/credentials/" + second.id() + "/revoke", "")))
                .isEqualTo("200 ");
    }

    @Test
    void whatTheOrganizationAboveHasHeldIsNotLiftedFromBelow() {
        String member = "/v1/applications/" + world.t1Shop.id();
        assertThat(problem(world.call(world.rootKey, "POST", member + "/suspend", "")))
                .isEqualTo("200 ");
        assertThat(problem(call("POST", member + "/resume", ""))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(call("POST", member + "/suspend", ""))).isEqualTo("200 ");
        assertThat(problem(call("POST", member + "/resume", ""))).isEqualTo("403 beyond_own_rights");
        assertThat(members(world.call(world.rootKey, "POST", member + "/resume", "")))
                .containsEntry("holds", List.of());
    }
}
