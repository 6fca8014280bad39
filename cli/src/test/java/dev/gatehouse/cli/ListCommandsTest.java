package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import org.junit.jupiter.api.Test;

/// Lists of a server, in parts.
class ListCommandsTest extends FilesAndServer {
    @Test
    void listsAreAskedForByPageAndNameAndCounted() {
        for (int i = 1; i <= 5; i++) {
            assertThat(run("org", "create", "--name", "Bär & " + i).exit()).isZero();
        }
        Ran second = run("org", "list", "--limit", "2", "--page", "2", "--count");
        assertThat(second.out().lines()).hasSize(3);
        assertThat(second.err().lines()).containsExactly("5 in total", "There is more: --page 3");
        assertThat(run("org", "list", "--limit", "2", "--page", "3").err()).isEmpty();
        assertThat(run("org", "list", "--limit", "2").err()).contains("There is more: --after org_");
        assertThat(run("org", "list", "--page", "2", "--limit", "2", "--count", "-o", "json")
                        .out())
                .contains("\"next\": ", "\"total\": 5");
        Ran all = run("org", "list", "--name", "Bär & 4", "--count");
        assertThat(all.out()).contains("Bär & 4").doesNotContain("Bär & 3");
        assertThat(all.err()).isEqualTo("1 in total\n");
        Ran both = run("org", "list", "--page", "2", "--after", "org_0000000000001");
        assertThat(both.exit()).isEqualTo(Exit.REFUSED);
        assertThat(both.err()).contains("not together with `after`");
    }

    @Test
    void aNameIsAskedForWhereThingsHaveOne() {
        assertThat(run("user", "list", "--org", "org_0000000000001", "--name", "x")
                        .exit())
                .isEqualTo(Exit.REFUSED);
        assertThat(run("member", "list", "--org", "org_0000000000001", "--name", "x")
                        .exit())
                .isEqualTo(Exit.USAGE);
        assertThat(run("user", "sessions", "user_0000000000001", "--name", "x").exit())
                .isEqualTo(Exit.USAGE);
    }
}
