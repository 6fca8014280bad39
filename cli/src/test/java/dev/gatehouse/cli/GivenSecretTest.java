package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Client secrets that are taken over, and the list of nodes, by command only.
class GivenSecretTest extends FilesAndServer {
    private static final String GIVEN = "an-old-secret's-text";

    private String application() throws IOException {
        apply(files(API, SHOP));
        return id("app", "list", "--org", id("org", "list", "--name", "Acme"));
    }

    private Ran create(String application, String... more) {
        String[] line = {"key", "create", "--app", application, "--name", "moved", "--whole-role"};
        String[] all = new String[line.length + more.length];
        System.arraycopy(line, 0, all, 0, line.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return run(all);
    }

    private String made(Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("kind", "secret", "given").doesNotContain(GIVEN);
        return ran.out();
    }

    @Test
    void aSecretIsTakenFromAFileAndNotShown() throws IOException {
        String application = application();
        Path file = Files.writeString(temporary.resolve("secret"), GIVEN + "\n");
        made(create(application, "--kind", "secret", "--secret-file", file.toString()));
    }

    @Test
    void aSecretIsTakenFromStandardInput() throws IOException {
        String application = application();
        Map<String, String> environment = Map.of(
                "GATEHOUSE_KEY",
                server.key().reveal(),
                "GATEHOUSE_URL",
                server.base().toString());
        made(CommandLineTest.run(
                environment,
                GIVEN,
                ("key create --kind secret --secret-file - --whole-role --name moved --app " + application)
                        .split(" ", -1)));
    }

    @Test
    void aSecretIsTakenByItsHash() throws Exception {
        String application = application();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(GIVEN.getBytes(StandardCharsets.UTF_8));
        made(create(
                application,
                "--kind",
                "secret",
                "--secret-sha256",
                HexFormat.of().formatHex(hash)));
        Ran wrong = create(application, "--kind", "secret", "--secret-sha256", "abc");
        assertThat(wrong.exit()).isEqualTo(Exit.REFUSED);
        assertThat(wrong.err()).contains("secret_sha256");
    }

    @Test
    void whatCannotBeGivenIsSaidBeforeAnythingIsAsked() throws IOException {
        String file = Files.writeString(temporary.resolve("secret"), GIVEN).toString();
        Ran both = create("app_1", "--kind", "secret", "--secret-file", file, "--secret-sha256", "0".repeat(64));
        assertThat(both.err()).contains("exclude each other");
        Ran drawn = create("app_1", "--kind", "api_key", "--secret-file", file);
        assertThat(drawn.err()).contains("--kind secret");
        Ran input = create("app_1", "--kind", "secret", "--secret-file", "-", "--key-file", "-");
        assertThat(input.err()).contains("standard input");
        Ran none = create("app_1", "--kind", "secret", "--secret-file", file + "-not-there");
        assertThat(none.err()).contains("there is no file");
        for (Ran ran : new Ran[] {both, drawn, input, none}) {
            assertThat(ran.exit()).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).doesNotContain(GIVEN);
        }
    }

    @Test
    void nodesAreListedAsATableAsJsonAndById() {
        Ran table = run("nodes");
        assertThat(table.exit()).as(table.err()).isZero();
        assertThat(table.out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(2)
                .contains("ID SELF STATE APPLIED SILENT MILLISECONDS FORMAT")
                .anyMatch(line -> line.matches("node_[0-9a-z]{13} true live [0-9]+ 0 [0-9]+"));
        assertThat(run("nodes", "-o", "json").out())
                .contains("\"items\": [", "\"silent_milliseconds\": 0", "\"state\": \"live\"");
        assertThat(run("nodes", "-o", "id").out()).matches("node_[0-9a-z]{13}\\R");
        Ran filtered = run("nodes", "--limit", "1");
        assertThat(filtered.exit()).isEqualTo(Exit.USAGE);
    }
}
