package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nobody changes what is not its own or what it stands on, nor hands out by a change what it does not hold.
class PatchAuthorityTest extends PatchFixture {
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
}
