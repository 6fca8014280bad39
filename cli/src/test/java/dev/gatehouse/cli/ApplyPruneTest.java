package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is on the server and not in the files, and callers that are not the provider.
class ApplyPruneTest extends FilesAndServer {
    private static final String MORE = SHOP + """
                      old: {kind: api_key}
                  till: {}
              Umbrella:
                applications:
                  tool: {credentials: {key: {kind: api_key}}}
              Umbrella/EMEA: {}
            """;

    @Test
    void whatTheFilesDoNotNameIsLeftAloneUnlessItIsAskedFor() throws IOException {
        Path folder = files(API, MORE);
        apply(folder);
        write(folder, "organizations.yaml", SHOP);
        assertThat(run("diff", folder.toString()).exit()).isZero();
        Ran pruned = run("apply", folder.toString(), "--prune");
        assertThat(pruned.exit()).as(pruned.err()).isZero();
        assertThat(pruned.out().lines())
                .containsExactlyInAnyOrder(
                        "- credential Acme > shop > old   (revoked, with all below it)",
                        "- application Acme > till   (revoked, with all below it)",
                        "- organization Umbrella   (revoked, with all below it)");
        assertThat(run("apply", folder.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");
        assertThat(run("org", "list").out()).contains("Umbrella", "revoked");
    }

    /// The own application, credential and role, and what Gatehouse keeps itself, stay whatever the files say.
    @Test
    void rolesAndApisThatNobodyNamesAreDeleted() throws IOException {
        Path folder = files(API, MORE);
        apply(folder);
        write(folder, "apis.yaml", "apis: {}\n");
        write(folder, "organizations.yaml", "organizations: {Acme: {applications: {shop: {}}}}\n");
        Ran pruned = run("apply", folder.toString(), "--prune");
        assertThat(pruned.exit()).as(pruned.err()).isZero();
        assertThat(pruned.out()).contains("- api orders   (deleted)", "- role / > customer   (deleted)");
        assertThat(run("api", "list").out()).contains("gatehouse").doesNotContain("orders");
        assertThat(run("role", "list").out()).contains("owner").doesNotContain(" customer ");
        assertThat(run("apply", folder.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");
    }

    @Test
    void nobodyPrunesWhatItStandsOn() throws IOException {
        Path folder = files(API, """
                organizations:
                  /:
                    roles:
                      admin:
                        rights:
                          gatehouse: ["apis:write", "apps:write", "keys:outlive", "keys:write", "orgs:write", "roles:write"]
                    applications:
                      ci: {role: admin, credentials: {key: {kind: api_key, scopes: role}}}
                """);
        Ran made = apply(folder);
        String key = secret(made);
        write(folder, "organizations.yaml", "organizations: {}\n");
        write(folder, "apis.yaml", API);
        Ran diff = as(key, "diff", folder.toString(), "--prune");
        assertThat(diff.exit()).as(diff.out() + diff.err()).isZero();
        assertThat(run("diff", folder.toString(), "--prune").out())
                .contains("- application / > ci", "- role / > admin")
                .doesNotContain("bootstrap", "owner", "gatehouse");
        write(folder, "organizations.yaml", "organizations: {/: {applications: {ci: {holds: [owner]}}}}\n");
        Ran own = as(key, "apply", folder.toString());
        assertThat(own.exit()).isEqualTo(Exit.USAGE);
        assertThat(own.err()).contains("application / > ci is what your own key stands on");
    }

    @Test
    void aCustomerAppliesAndExportsItsOwnPartOnly() throws IOException {
        Path folder = files(API, """
                organizations:
                  /:
                    roles:
                      customer-admin:
                        rights:
                          gatehouse: ["apis:read", "apps:write", "keys:write", "orgs:write", "roles:write"]
                  Acme:
                    applications:
                      ci: {role: customer-admin, credentials: {key: {kind: api_key, scopes: role}}}
                  Acme/EMEA: {holds: [provider]}
                  Umbrella: {}
                """);
        String key = secret(apply(folder));
        Path out = temporary.resolve("out");
        Ran export = as(key, "export", out.toString());
        assertThat(export.exit()).as(export.err()).isZero();
        assertThat(export.err()).contains("the role of application / > ci is of an organization above yours");
        assertThat(out.resolve("apis.yaml")).doesNotExist();
        assertThat(out.resolve("organizations.yaml"))
                .content()
                .contains("  EMEA: {}", "ci:")
                .doesNotContain("Umbrella", "Acme", "customer-admin", "provider");
        assertThat(as(key, "diff", out.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");
        write(out, "organizations.yaml", "organizations: {EMEA: {}, APAC: {holds: [owner]}}\n");
        assertThat(as(key, "apply", out.toString()).out()).contains("+ organization APAC");
        write(out, "organizations.yaml", "organizations: {EMEA: {holds: [policy]}}\n");
        assertThat(as(key, "apply", out.toString()).err()).contains("only the provider sets holds");
        write(out, "apis.yaml", API);
        assertThat(as(key, "apply", out.toString()).err()).contains("Apis are written by the provider");
    }

    /// The only secret that was shown.
    private static String secret(Ran made) {
        return made.out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .flatMap(line -> ((Json.Obj) Json.parse(line)).text("secret"))
                .orElseThrow();
    }

    private Ran as(String key, String... arguments) {
        String[] line = Stream.of(
                        arguments, new String[] {"--url", server.base().toString()})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return CommandLineTest.run(Map.of("GATEHOUSE_KEY", key), "", line);
    }
}
