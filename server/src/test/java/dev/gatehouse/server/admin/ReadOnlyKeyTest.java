package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET H06: a key with scopes to read, of an application that may do everything, writes nothing.
class ReadOnlyKeyTest extends RowFixture {
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
                                "connections:read",
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
}
