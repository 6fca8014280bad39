package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import org.junit.jupiter.api.Test;

/// A key with the whole role has what whoever gives the role holds, and nobody makes one before there is a role
/// (GAUNTLET H04, H07).
class WholeRoleTest extends AdminFixture {
    private static final String WHOLE = "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\"}";

    private final String application = "/v1/applications/"
            + text(call("POST", ORGANIZATIONS + "/" + world.t1.id() + "/applications", "{\"name\":\"later\"}"), "id");

    private String given(World.Key caller, Role role) {
        return problem(world.call(caller, "PATCH", application, "{\"role\":\"" + role.id() + "\"}"));
    }

    private String taken(World.Key caller) {
        return problem(world.call(caller, "PATCH", application, "{\"role\":null}"));
    }

    private Reply minted(World.Key caller) {
        return world.call(caller, "POST", application + "/credentials", WHOLE);
    }

    @Test
    void thereIsNoWholeOfARoleThatIsStillToCome() {
        World.Key weak = world.key(
                world.t1App,
                new Reach.Only(Rights.at(world.admin.id(), Scopes.of("keys:write"))),
                Window.ALWAYS,
                Restrictions.NONE);
        assertThat(problem(minted(weak))).isEqualTo("400 invalid_field");
        assertThat(problem(minted(world.rootKey))).isEqualTo("400 invalid_field");
        String none = "/v1/credentials/"
                + text(
                        world.call(weak, "POST", application + "/credentials", "{\"kind\":\"api_key\",\"name\":\"k\"}"),
                        "id");
        assertThat(problem(world.call(weak, "PATCH", none, "{\"scopes\":\"role\"}")))
                .isEqualTo("400 invalid_field");
        assertThat(given(world.t1Key, world.manager)).isEqualTo("200 ");
        assertThat(problem(minted(weak))).isEqualTo("403 beyond_own_rights");
    }

    /// A key that was made when there was a role, by somebody stronger, is not handed to the weak in between.
    @Test
    void whileThereIsNoRoleItsKeysAreNeitherRotatedNorProlonged() {
        assertThat(given(world.rootKey, world.strong)).isEqualTo("200 ");
        String key = "/v1/credentials/" + text(minted(world.rootKey), "id");
        String ended = "{\"expires_at\":\"2027-02-01T00:00:00Z\"}";
        assertThat(problem(call("PATCH", key, ended))).isEqualTo("200 ");
        assertThat(taken(world.t1Key)).isEqualTo("200 ");
        assertThat(problem(call("POST", key + "/rotate", ""))).isEqualTo("409 conflict");
        assertThat(problem(call("PATCH", key, "{\"expires_at\":null}"))).isEqualTo("409 conflict");
        assertThat(given(world.t1Key, world.strong)).as("H07").isEqualTo("403 beyond_own_rights");
        assertThat(given(world.rootKey, world.strong)).isEqualTo("200 ");
        assertThat(problem(call("POST", key + "/rotate", ""))).isEqualTo("403 beyond_own_rights");
    }

    /// The role of an application that has keys is given by whoever holds all of it, whoever made the keys.
    @Test
    void aRoleIsGivenWithinTheRightsOfItsGiver() {
        assertThat(given(world.rootKey, world.strong)).isEqualTo("200 ");
        String secret = text(minted(world.rootKey), "secret");
        assertThat(given(world.t1Key, world.manager)).isEqualTo("200 ");
        assertThat(given(world.t1Key, world.strong)).isEqualTo("403 beyond_own_rights");
        assertThat(given(world.t1Key, world.owner)).isEqualTo("404 not_found");
        Reply rights = world.get(new World.Key(world.t1Key.credential(), secret), "/v1/whoami");
        assertThat(members(rights).toString()).contains("orders:write").doesNotContain("refunds");
    }
}
