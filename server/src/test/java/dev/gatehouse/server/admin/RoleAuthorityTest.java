package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Roles stay within the rights of whoever writes them, and Apis are the provider's (GAUNTLET H07).
class RoleAuthorityTest extends AdminFixture {
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
}
