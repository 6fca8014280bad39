package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What organizations want of people, in files and on the command line.
class ApplySecondFactorTest extends FilesAndServer {
    private static final String PARTNERS = SHOP + """
              Partners:
                second_factor: required
            """;

    @Test
    void anApiSaysItToo() throws IOException {
        Path folder = files(API + "    second_factor: required\n", SHOP);
        assertThat(apply(folder).out()).contains("+ api orders");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("apis.yaml")).content().contains("second_factor: required");
        write(folder, "apis.yaml", API);
        assertThat(apply(folder).out()).contains("~ api orders");
        Path without = temporary.resolve("without");
        assertThat(run("export", without.toString()).exit()).isZero();
        assertThat(without.resolve("apis.yaml")).content().doesNotContain("second_factor");
    }

    @Test
    void itIsSaidChangedTakenAwayAndExported() throws IOException {
        Path folder = files(API, PARTNERS);
        assertThat(apply(folder).out()).contains("+ organization Partners", "second_factor");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("organizations.yaml")).content().contains("second_factor: required");
        write(folder, "organizations.yaml", SHOP + "  Partners: {}\n");
        assertThat(apply(folder).out()).contains("~ organization Partners");
        String partners = id("org", "list", "--name", "Partners");
        assertThat(run("org", "get", partners).out()).doesNotContain("second_factor");
        Ran said = run("org", "update", partners, "--second-factor", "required");
        assertThat(said.out()).as(said.err()).contains("second_factor", "required");
        assertThat(run("org", "update", partners, "--second-factor", "none").out())
                .doesNotContain("second_factor");
        assertThat(run("org", "update", partners, "--second-factor", "maybe").exit())
                .isNotZero();
    }
}
