package dev.gatehouse.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A change by somebody else between the plan and its being carried out.
class OvertakenTest {
    private static final String BEFORE = "organizations: {A: {}, B: {}, C: {}}\n";
    private static final String AFTER = """
            organizations:
              A: {expires_at: 2098-01-01T00:00:00Z}
              B: {expires_at: 2098-01-01T00:00:00Z}
              C: {expires_at: 2098-01-01T00:00:00Z}
            """;

    @TempDir
    Path folder;

    @Test
    void whatSomebodyElseChangedStopsThePlanAndIsLeftAsItIs() throws IOException {
        try (EmptyServer server = EmptyServer.start(folder.resolve("server"));
                AdminClient client = server.admin()) {
            assertThat(run(plan(client, BEFORE), client)).isEqualTo(new Result.Done());
            Plan plan = plan(client, AFTER);
            client.act(Action.CUT, organization(client, "B").id(), Json.Obj.EMPTY);
            assertThat(run(plan, client)).isEqualTo(new Result.Overtaken("organization B", 1));
            assertThat(expiry(client, "A")).contains("2098-01-01T00:00:00Z");
            assertThat(expiry(client, "B")).isEmpty();
            assertThat(expiry(client, "C")).isEmpty();
            assertThat(run(plan(client, AFTER), client)).isEqualTo(new Result.Done());
            assertThat(expiry(client, "C")).contains("2098-01-01T00:00:00Z");
        }
    }

    @Test
    void whatSomebodyElseMadeIsRefusedByTheServerAndNamed() throws IOException {
        try (EmptyServer server = EmptyServer.start(folder.resolve("server"));
                AdminClient client = server.admin()) {
            Plan plan = plan(client, BEFORE);
            client.createOrganization(Json.Obj.EMPTY.with("name", "B"));
            assertThat(run(plan, client)).isInstanceOfSatisfying(Result.Stopped.class, stopped -> {
                assertThat(stopped.at()).contains("organization B", "files.yaml:1");
                assertThat(stopped.done()).isEqualTo(1);
                assertThat(stopped.cause()).hasMessageContaining("409");
            });
            assertThat(run(plan(client, BEFORE), client)).isEqualTo(new Result.Done());
        }
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

    private static Organization organization(AdminClient client, String name) {
        return Page.all(ask -> client.organizations(Optional.empty(), ask)).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> expiry(AdminClient client, String name) {
        return organization(client, name).json().text("expires_at");
    }
}
