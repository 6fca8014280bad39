package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What those get whose maker names no role, in files and on the command line.
class ApplyDefaultRoleTest extends FilesAndServer {
    private static final String PARTNERS = SHOP + """
              Partners:
                default_role: customer
            """;

    private static final String EAST = PARTNERS + """
              Partners/East:
                default_role: null
                applications:
                  idle: {}
                users:
                  ada: {}
                members:
                  ada: {}
            """;

    private static final String NOTHING_TO_DO = "Nothing to do.\n";

    @Test
    void itIsSaidExportedChangedAndTakenAway() throws IOException {
        Path folder = files(API, EAST);
        assertThat(apply(folder).out()).contains("+ organization Partners", "default_role");
        assertThat(apply(folder).out()).isEqualTo(NOTHING_TO_DO);
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("organizations.yaml"))
                .content()
                .contains("default_role: customer", "default_role: null");
        assertThat(apply(exported).out()).isEqualTo(NOTHING_TO_DO);

        write(folder, "organizations.yaml", EAST.replace("default_role: null", "default_role: customer"));
        assertThat(apply(folder).out()).contains("~ default_role: false -> customer");
        write(folder, "organizations.yaml", EAST.replace("    default_role: null\n", ""));
        assertThat(apply(folder).out()).contains("- default_role: customer");
        assertThat(apply(folder).out()).isEqualTo(NOTHING_TO_DO);
    }

    @Test
    void aFileThatNamesNoRoleMeansNone() throws IOException {
        Path folder = files(API, PARTNERS);
        apply(folder);
        write(folder, "organizations.yaml", EAST.replace("    default_role: null\n", ""));
        apply(folder);
        assertThat(apply(folder).out())
                .as("neither application nor member has got one")
                .isEqualTo(NOTHING_TO_DO);
    }

    @Test
    void theCommandLineSaysItAndLeavesItOut() throws IOException {
        apply(files(API, SHOP));
        String acme = id("org", "list", "--name", "Acme");
        assertThat(run("org", "update", acme, "--default-role", "customer").out())
                .contains("customer");
        run("org", "create", "--name", "East", "--parent", acme, "--default-role", "customer");
        String east = id("org", "list", "--parent", acme);
        assertThat(run("app", "create", "--org", east, "--name", "one").out()).contains("role_");
        assertThat(run("app", "create", "--org", east, "--name", "two", "--no-role")
                        .out())
                .doesNotContain("role_");
        run("org", "update", east, "--no-default-role");
        assertThat(run("app", "create", "--org", east, "--name", "three").out()).doesNotContain("role_");
        run("org", "update", east, "--inherit-default-role");
        assertThat(run("app", "create", "--org", east, "--name", "four").out()).contains("role_");
        Ran both = run("org", "update", east, "--no-default-role", "--inherit-default-role");
        assertThat(both.err()).contains("exclude each other");
    }
}
