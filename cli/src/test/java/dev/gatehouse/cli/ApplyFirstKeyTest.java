package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What organizations begin with, in files and on the command line.
class ApplyFirstKeyTest extends FilesAndServer {
    private static final String PARTNERS = SHOP + """
              Partners:
                first_key: {kind: secret, role: customer}
            """;

    @Test
    void anOrganizationThatIsMadeLaterBeginsWithAKeyThatIsTold() throws IOException {
        Path folder = files(API, PARTNERS);
        assertThat(apply(folder).out()).contains("+ organization Partners", "first_key");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        write(folder, "organizations.yaml", PARTNERS + "  Partners/East: {}\n");
        Ran made = apply(folder);
        assertThat(made.out() + made.err()).contains("ghs_live_");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("organizations.yaml"))
                .content()
                .contains("first_key", "kind: secret", "role: customer");
    }

    @Test
    void itIsChangedAndTakenAway() throws IOException {
        Path folder = files(API, PARTNERS);
        apply(folder);
        write(folder, "organizations.yaml", PARTNERS.replace("kind: secret", "kind: api_key"));
        assertThat(apply(folder).out()).contains("~ organization Partners");
        write(folder, "organizations.yaml", SHOP + "  Partners: {}\n");
        assertThat(apply(folder).out()).contains("~ organization Partners");
        String partners = id("org", "list", "--name", "Partners");
        assertThat(run("org", "get", partners).out()).doesNotContain("first_key");
        Ran said = run("org", "update", partners, "--first-key", "api_key:customer");
        assertThat(said.out()).as(said.err()).contains("api_key");
        Ran made = run("org", "create", "--name", "West", "--parent", partners);
        assertThat(made.out()).as(made.err()).contains("ghk_live_");
        assertThat(run("org", "update", partners, "--first-key", "none").out()).doesNotContain("first_key");
        assertThat(run("org", "update", partners, "--first-key", "api_key").err())
                .contains("--first-key is KIND:ROLE");
    }
}
