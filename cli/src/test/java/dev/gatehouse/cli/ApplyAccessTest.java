package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What applications of those above may do at an organization at most, in files: by whom it is said, and to whom.
class ApplyAccessTest extends FilesAndServer {
    private static String organizations() {
        return """
                organizations:
                  /:
                    roles:
                      customer: {rights: {orders: ["orders:read"]}}
                  Acme:
                    roles:
                      reader: {rights: {orders: ["orders:read"]}}
                    applications:
                      shop:
                        client_id: acme-shop
                        role: customer
                        credentials:
                          key: {kind: api_key, scopes: role}
                  Acme/East:
                    access:
                      - {application: shop, of: Acme, role: reader, by: Acme}
                  Acme/West:
                    access:
                      - {application: shop, of: Acme}
                """;
    }

    private String access(String organization) {
        return run(
                        "org",
                        "get",
                        id("org", "list", "--parent", id("org", "list", "--name", "Acme"), "--name", organization),
                        "-o",
                        "json")
                .out();
    }

    @Test
    void whoSaysWhatIsMadeExportedAndMadeAgainElsewhere() throws IOException {
        Path folder = files(API, organizations());
        Ran made = apply(folder);
        assertThat(made.out()).contains("+ organization Acme/East", "access");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        String acme = id("org", "list", "--name", "Acme");
        assertThat(access("East")).contains("\"by\": \"" + acme + "\"", "\"role\"");
        assertThat(access("West")).contains("\"by\"").doesNotContain("\"by\": \"" + acme + "\"", "\"role\"");

        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
        try (EmptyServer other = EmptyServer.start(temporary.resolve("other"))) {
            Ran again = on(other, "apply", exported.toString(), "--show-secrets");
            assertThat(again.exit()).as(again.err()).isZero();
            Path twice = temporary.resolve("twice");
            assertThat(on(other, "export", twice.toString()).exit()).isZero();
            assertThat(Files.readString(twice.resolve("organizations.yaml")))
                    .isEqualTo(Files.readString(exported.resolve("organizations.yaml")));
        }
    }

    @Test
    void itIsChangedAndTakenBack() throws IOException {
        Path folder = files(API, organizations());
        apply(folder);
        write(
                folder,
                "organizations.yaml",
                organizations().replace("role: reader, by: Acme}", "by: Acme}").replace("""
                    access:
                      - {application: shop, of: Acme}
                """, "    access: []\n"));
        Ran changed = apply(folder);
        assertThat(changed.out())
                .contains("~ organization Acme/East", "~ organization Acme/West")
                .containsOnlyOnce("\"by\":\"/\"}   (nothing bounds it any more)")
                .doesNotContain("\"by\":\"Acme\"}   (nothing");
        assertThat(access("East")).contains("\"access\"").doesNotContain("\"role\"");
        assertThat(access("West")).doesNotContain("\"application\"");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
    }

    /// Files of the release before had no access, and dialects write it while a server runs.
    @Test
    void filesThatDoNotMentionItLeaveItAsItIs() throws IOException {
        Path folder = files(API, organizations());
        apply(folder);
        String without = organizations().replaceAll("(?m)^ +access:\n.*\n", "");
        write(folder, "organizations.yaml", without);
        for (String[] line : new String[][] {{"apply", folder.toString()}, {"apply", folder.toString(), "--prune"}}) {
            assertThat(run(line).out()).isEqualTo("Nothing to do.\n");
        }
        write(folder, "organizations.yaml", without.replace("Acme/West:", "Acme/West:\n    holds: [owner]"));
        Ran held = apply(folder);
        assertThat(held.out()).contains("~ organization Acme/West").doesNotContain("access");
        assertThat(access("East")).contains("\"role\"");
        assertThat(access("West")).contains("\"application\"");
    }

    @Test
    void whatIsNotThereIsToldBeforeAnythingIsDone() throws IOException {
        for (String wrong : new String[] {
            "{application: nobody, of: Acme}",
            "{application: shop, of: Acme, role: nobody, by: Acme}",
            "{application: shop, of: Acme, by: Nowhere}"
        }) {
            Path folder = files(API, organizations().replace("{application: shop, of: Acme}", wrong));
            Ran ran = run("apply", folder.toString());
            assertThat(ran.exit()).as(wrong).isEqualTo(2);
            assertThat(ran.err()).contains("access names");
        }
        String twice = "{application: shop, of: Acme}, {application: shop, of: Acme, role: customer, by: /}";
        Path same = files(
                API,
                organizations()
                        .replace("- {application: shop, of: Acme}\n", "[" + twice + "]\n")
                        .replace("access:\n          [", "access: ["));
        assertThat(run("apply", same.toString()).err()).contains("access says twice");
        Path folder = files(API, organizations().replace("{application: shop, of: Acme}", "{application: shop}"));
        assertThat(run("apply", folder.toString()).err()).contains("of is missing");
        assertThat(run("org", "list", "--name", "Acme", "-o", "json").out()).contains("\"items\": []");
    }
}
