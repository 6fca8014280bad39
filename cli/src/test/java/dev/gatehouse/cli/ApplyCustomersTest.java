package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Customers in files: those that are named are made and changed; all others, which applications make as they
/// run, are left alone by everything.
class ApplyCustomersTest extends FilesAndServer {
    private static final String CUSTOMERS = SHOP + """
                customers:
                  "4711": {}
                  Anna: {expires_at: 2030-01-01T00:00:00Z, holds: [owner]}
            """;

    @Test
    void aNamedCustomerIsMadeChangedAndThenAsItShouldBe() throws IOException {
        Path folder = files(API, CUSTOMERS);
        assertThat(apply(folder).out()).contains("+ customer Acme > 4711", "+ customer Acme > Anna");
        String acme = id("org", "list");
        assertThat(run("customer", "list", "--org", acme).out()).contains("4711", "active", "Anna", "suspended");
        assertThat(run("diff", folder.toString()).exit()).isZero();
        write(folder, "organizations.yaml", CUSTOMERS.replace(", holds: [owner]", ""));
        Ran changed = apply(folder);
        assertThat(changed.out()).contains("~ customer Acme > Anna");
        assertThat(run("customer", "list", "--org", acme, "--name", "Anna").out())
                .contains("active")
                .doesNotContain("suspended");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
    }

    @Test
    void aCustomerThatNoFileNamesIsNeitherPrunedNorExported() throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        String acme = id("org", "list");
        assertThat(run("customer", "create", "--org", acme, "--name", "4712").exit())
                .isZero();
        Ran pruned = run("apply", folder.toString(), "--prune");
        assertThat(pruned.out()).as(pruned.err()).isEqualTo("Nothing to do.\n");
        assertThat(run("customer", "list", "--org", acme).out()).contains("4712", "active");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("organizations.yaml")).content().doesNotContain("4712");
    }

    @Test
    void aRevokedCustomerKeepsItsNameAndMistakesAreNamed() throws IOException {
        Path folder = files(API, CUSTOMERS);
        apply(folder);
        String anna = id("customer", "list", "--org", id("org", "list"), "--name", "Anna");
        assertThat(run("customer", "revoke", anna).exit()).isZero();
        assertThat(run("apply", folder.toString()).err())
                .contains("customer Acme > Anna was revoked, which is for good and keeps its name");
        write(folder, "organizations.yaml", CUSTOMERS.replace("{}", "{role: customer}"));
        assertThat(run("apply", folder.toString()).err()).contains("there is no key");
    }
}
