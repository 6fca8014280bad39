package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What an application may do at most below its organization, on the command line.
class AccessTest extends FilesAndServer {
    @Test
    void itIsSaidShownAndTakenBack() throws IOException {
        apply(files(API, SHOP));
        String shop = id("org", "list", "--name", "Acme");
        run("org", "create", "--name", "Branch", "--parent", shop);
        String branch = id("org", "list", "--parent", shop, "--name", "Branch");
        run("app", "create", "--org", shop, "--name", "till");
        String till = id("app", "list", "--org", shop, "--name", "till");
        CommandLineTest.Ran denied = run("org", "update", branch, "--access", till + "=deny");
        assertThat(denied.out()).as(denied.err()).contains(till);
        assertThat(run("org", "get", branch).out()).contains(till);
        assertThat(run("org", "update", branch, "--access", till + "=deny", "--no-access")
                        .err())
                .contains("exclude each other");
        run("org", "update", branch, "--no-access");
        assertThat(run("org", "get", branch).out()).doesNotContain(till);
    }
}
