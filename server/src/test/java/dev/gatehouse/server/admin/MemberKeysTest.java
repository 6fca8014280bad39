package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keys that act as a member stand on the user too: on its home, and beside its password.
class MemberKeysTest extends AdminFixture {
    private static final String PASSWORD = "{\"password\":\"correct horse battery\"}";

    private final String branch = text(call("POST", ORGANIZATIONS, below(world.t1child.id(), "branch")), "id");
    private final String user = text(call("POST", ORGANIZATIONS + "/" + branch + "/users", username()), "id");
    private final String membership = text(
            call(
                    "POST",
                    ORGANIZATIONS + "/" + world.t1.id() + "/memberships",
                    "{\"user\":\"" + user + "\",\"role\":\"" + world.manager.id() + "\"}"),
            "id");

    private static String below(Id parent, String name) {
        return "{\"name\":\"" + name + "\",\"parent\":\"" + parent + "\"}";
    }

    private String username() {
        return "{\"username\":\"alice-" + world.requestId + "\"}";
    }

    private World.Key key(String scopes) {
        Reply made = call(
                "POST",
                "/v1/memberships/" + membership + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":" + scopes + "}");
        Id id = Id.parse(Kind.CREDENTIAL, text(made, "id")).orElseThrow();
        return new World.Key(world.store.members().credential(id).orElseThrow(), text(made, "secret"));
    }

    @Test
    void aWeakKeyDoesNotLiftThePasswordOfItsUser() {
        String password = "/v1/credentials/" + text(call("PUT", "/v1/users/" + user + "/password", PASSWORD), "id");
        World.Key weak = key("{\"gatehouse\":[\"keys:write\"]}");
        World.Key whole = key("\"role\"");
        assertThat(problem(call("POST", password + "/suspend", ""))).isEqualTo("200 ");
        assertThat(problem(world.call(weak, "POST", password + "/resume", ""))).isEqualTo("403 beyond_own_rights");
        assertThat(problem(world.call(whole, "POST", password + "/resume", ""))).isEqualTo("200 ");
    }

    /// GAUNTLET H04: whoever says where letters to a user go can choose its password.
    @Test
    void whoHoldsLessThanAUserDoesNotSayWhereItsLettersGo() {
        World.Key weak = world.key(
                world.t1App,
                new Reach.Only(Rights.at(installed.admin.id(), Scopes.of("users:write", "orgs:read"))),
                Window.ALWAYS,
                Restrictions.NONE);
        String path = "/v1/users/" + user;
        assertThat(problem(world.call(weak, "PATCH", path, "{\"given_name\":\"A\"}")))
                .isEqualTo("200 ");
        assertThat(problem(world.call(weak, "PATCH", path, "{\"email\":\"a@evil.example\"}")))
                .isEqualTo("403 beyond_own_rights");
        assertThat(problem(call("PATCH", path, "{\"email\":\"a@people.example\"}")))
                .isEqualTo("200 ");
        assertThat(problem(world.call(weak, "PATCH", path, "{\"email\":null}"))).isEqualTo("403 beyond_own_rights");
    }

    /// GAUNTLET H05: the home, all above it, the user and the membership.
    @Test
    void nobodyChangesTheHomeThatItStandsOn() {
        World.Key key = key("\"role\"");
        for (String own : List.of(
                ORGANIZATIONS + "/" + branch,
                ORGANIZATIONS + "/" + world.t1child.id(),
                ORGANIZATIONS + "/" + world.t1.id(),
                "/v1/users/" + user,
                "/v1/memberships/" + membership)) {
            for (String verb : List.of("hold", "suspend", "lift", "resume", "revoke")) {
                assertThat(problem(world.call(key, "POST", own + "/" + verb, "")))
                        .as(own + " " + verb)
                        .isEqualTo("403 beyond_own_rights");
            }
            assertThat(problem(world.call(key, "PATCH", own, "{\"expires_at\":null}")))
                    .as(own)
                    .isEqualTo("403 beyond_own_rights");
        }
        assertThat(problem(world.call(key, "PUT", "/v1/users/" + user + "/password", PASSWORD)))
                .isEqualTo("403 beyond_own_rights");
        String aside = text(call("POST", ORGANIZATIONS, below(world.t1child.id(), "aside")), "id");
        assertThat(problem(world.call(key, "POST", ORGANIZATIONS + "/" + aside + "/suspend", "")))
                .isEqualTo("200 ");
    }

    @Test
    void aPasswordIsSetWhileTheUserIsAsItsTagSays() {
        String path = "/v1/users/" + user;
        Header read = new Header(
                "If-Match", header(world.get(world.t1Key, path), "ETag").orElseThrow());
        assertThat(problem(world.call(world.t1Key, "PUT", path + "/password", PASSWORD, read)))
                .isEqualTo("200 ");
        assertThat(problem(world.call(world.t1Key, "PUT", path + "/password", PASSWORD, read)))
                .isEqualTo("412 precondition_failed");
    }
}
