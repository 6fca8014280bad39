package dev.gatehouse.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bounds applications is on the server before anything opens, wherever the run stops after that.
class BoundsFirstTest {
    private static final String BEFORE = """
            apis:
              orders: {issuer: "http://127.0.0.1:9", scopes: {"orders:read": See, "orders:write": Change}}
            organizations:
              /:
                roles:
                  most: {rights: {orders: ["orders:read", "orders:write"]}}
                  reader: {rights: {orders: ["orders:read"]}}
                applications:
                  shop: {role: most}
              Narrower:
                access: [{application: shop, of: /, role: most}]
              Wider:
                access: [{application: shop, of: /, role: reader}]
              Lost:
                access: [{application: shop, of: /}]
            """;

    /// Somebody else makes the role `late` first, so that the run stops at it.
    private static final String AFTER = BEFORE.replace("  reader:", "  late: {}\n      reader:")
                    .replace("of: /, role: most}", "of: /, role: later}")
                    .replace("of: /, role: reader}", "of: /, role: most}")
                    .replace("of: /, role: later}", "of: /, role: reader}")
                    .replace("[{application: shop, of: /}]", "[]")
            + """
              New:
                access: [{application: shop, of: /, role: late}]
            """;

    @TempDir
    Path folder;

    @Test
    void whatBoundsIsSaidFirstAndWhatOpensLast() throws IOException {
        try (EmptyServer server = EmptyServer.start(folder.resolve("server"));
                AdminClient client = server.admin()) {
            assertThat(run(plan(client, BEFORE), client)).isEqualTo(new Result.Done());
            Plan plan = plan(client, AFTER);
            String own = Caller.of(client).organization();
            client.createRole(own, Json.Obj.EMPTY.with("name", "late").with("rights", Json.Obj.EMPTY));
            assertThat(run(plan, client))
                    .isInstanceOfSatisfying(
                            Result.Stopped.class,
                            stopped -> assertThat(stopped.at()).contains("late"));
            assertThat(bounds(client, "New")).containsExactly("nothing");
            assertThat(bounds(client, "Narrower")).containsExactly("reader");
            assertThat(bounds(client, "Wider")).containsExactly("reader");
            assertThat(bounds(client, "Lost")).containsExactly("nothing");

            assertThat(run(plan(client, AFTER), client)).isEqualTo(new Result.Done());
            assertThat(bounds(client, "New")).containsExactly("late");
            assertThat(bounds(client, "Wider")).containsExactly("most");
            assertThat(bounds(client, "Lost")).isEmpty();
            assertThat(plan(client, AFTER).nothingToDo()).isTrue();
        }
    }

    private static List<String> bounds(AdminClient client, String name) {
        Organization organization = Page.all(ask -> client.organizations(Optional.empty(), ask)).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return organization.json().items("access").stream()
                .map(one -> one instanceof Json.Obj entry
                        ? entry.text("role")
                                .flatMap(id -> client.shown(id).json().text("name"))
                                .orElse("nothing")
                        : "")
                .toList();
    }

    private Plan plan(AdminClient client, String files) throws IOException {
        Path file = Files.writeString(folder.resolve("files.yaml"), files);
        return switch (Plan.of(client, file, Map.of(), false)) {
            case Plan.Made.Good(Plan plan) -> plan;
            case Plan.Made.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    private static Result run(Plan plan, AdminClient client) {
        return plan.run(client, InstantSource.system(), (credential, secret) -> {});
    }
}
