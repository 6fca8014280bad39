package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The audit trail of a running server from the command line: searched, exported, verified, also when somebody
/// changed it in the database.
class AuditTrailTest extends FilesAndServer {
    private String shop = "";

    @BeforeEach
    void changes() throws IOException {
        assertThat(apply(files(API, SHOP)).exit()).isZero();
        shop = id("app", "list", "--org", id("org", "list"));
        assertThat(run("app", "suspend", shop).exit()).isZero();
        assertThat(run("app", "resume", shop).exit()).isZero();
    }

    private Ran verify(String... more) {
        return run(Stream.of(new String[] {"audit", "verify"}, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
    }

    /// What is verified once everything is sealed, which takes the server a second.
    private Ran sealed() {
        Instant deadline = Instant.now().plusSeconds(60);
        Ran ran;
        do {
            ran = verify();
        } while (!ran.err().contains(" 0 not sealed yet") && Instant.now().isBefore(deadline));
        assertThat(ran.err()).contains(" 0 not sealed yet");
        return ran;
    }

    private static String head(Ran verified) {
        return verified.err().replaceAll("(?s).*last seal: (\\S+)\\s*$", "$1");
    }

    private void change(String sql) throws SQLException {
        Path database = temporary.resolve("server").resolve("data").resolve("gatehouse.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void theRowsAreFoundByWhoWhatAndWhen() {
        assertThat(run("audit", "list", "--target", shop, "-o", "json").out())
                .contains("application.hold", "application.lift");
        Ran held = run("audit", "list", "--target", shop, "--verb", "application.hold");
        assertThat(held.out().lines()).hasSize(2);
        assertThat(run("audit", "list", "--target", shop, "--to", "2020-01-01T00:00:00Z")
                        .out()
                        .lines())
                .hasSize(1);
        assertThat(run("audit", "list", "--from", "yesterday").exit()).isEqualTo(Exit.REFUSED);
    }

    @Test
    void anExportHasEveryRowAsLinesOrAsCsvOnStandardOutputOrInAFile() throws IOException {
        Ran lines = run("audit", "export");
        assertThat(lines.out().lines()).allMatch(line -> line.startsWith("{\"id\":\"") && line.endsWith("}"));
        Path file = temporary.resolve("trail.csv");
        assertThat(run("audit", "export", "--format", "csv", "--file", file.toString())
                        .exit())
                .isZero();
        assertThat(Files.readString(file)).startsWith("id,at,actor,").contains(shop);
        assertThat(Files.readAllLines(file)).hasSize((int) lines.out().lines().count() + 1);
        assertThat(run("audit", "export", "--verb", "application.hold").out().lines())
                .hasSize(1);
        assertThat(run(
                                "audit",
                                "export",
                                "--file",
                                temporary.resolve("no/folder").toString())
                        .exit())
                .isEqualTo(Exit.USAGE);
    }

    @Test
    void aTrailThatNobodyTouchedIsSoundHereAndInAnExport() throws IOException {
        Ran sound = sealed();
        assertThat(sound.exit()).as(sound.out()).isEqualTo(Exit.OK);
        assertThat(sound.err()).contains(" 0 findings");
        assertThat(verify("--head", head(sound)).exit()).isEqualTo(Exit.OK);
        assertThat(verify("--head", "none", "-o", "id").out()).matches("[0-9]+:[0-9a-f]{64}\n");
        assertThat(verify("-o", "json").out()).contains("\"findings\": []", "\"unsealed\": 0");
        String[] export = export();
        Ran examined = verify(export);
        assertThat(examined.exit()).as(examined.out()).isEqualTo(Exit.OK);
        assertThat(examined.err()).contains(" 0 findings");
        assertThat(verify(export[0], export[1], export[2], "--head", head(sound))
                        .exit())
                .isEqualTo(Exit.OK);
    }

    private String[] export() throws IOException {
        Path trail = temporary.resolve("trail.ndjson");
        assertThat(run("audit", "export", "--with-seals", "--file", trail.toString())
                        .exit())
                .isZero();
        Path keys = temporary.resolve("keys.json");
        Files.writeString(keys, run("audit", "keys").out());
        return new String[] {trail.toString(), "--keys", keys.toString()};
    }

    @Test
    void whatWasChangedInTheDatabaseIsNamedHereAndInAnExport() throws SQLException, IOException {
        assertThat(sealed().exit()).isEqualTo(Exit.OK);
        String row = run("audit", "list", "--verb", "application.hold", "-o", "id")
                .out()
                .strip();
        change("UPDATE audit SET verb = 'application.lift' WHERE verb = 'application.hold'");
        Ran altered = verify();
        assertThat(altered.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(altered.out()).contains("row_altered", "row_forged", row);
        Ran named = verify("-o", "id");
        assertThat(named.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(named.err()).contains("row_altered", row);
        Ran exported = verify(export());
        assertThat(exported.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(exported.out()).isEqualTo(altered.out());
    }

    @Test
    void anEndThatWasCutOffIsFoundByTheHeadThatWasNoted() throws SQLException, IOException {
        assertThat(sealed().exit()).isEqualTo(Exit.OK);
        assertThat(run("app", "suspend", shop).exit()).isZero();
        String head = head(sealed());
        String last = head.substring(0, head.indexOf(':'));
        String[] export = export();
        assertThat(verify(export[0], export[1], export[2], "--head", head).exit())
                .isEqualTo(Exit.OK);
        // An export that ends with the seal before is sound in itself.
        Path trail = Path.of(export[0]);
        List<String> whole = Files.readAllLines(trail);
        int cut = whole.indexOf(whole.stream()
                .filter(line -> line.matches(".*\"number\":" + last + "[,}].*") && line.contains("\"type\":\"seal\""))
                .findFirst()
                .orElseThrow());
        Files.write(trail, whole.subList(0, cut));
        assertThat(verify(export).exit()).isEqualTo(Exit.OK);
        Ran shorter = verify(export[0], export[1], export[2], "--head", head);
        assertThat(shorter.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(shorter.out()).contains("chain_broken", head);
        // So is the database, as far as the node does not remember what it sealed itself.
        change("DELETE FROM audit WHERE seal = " + last);
        change("DELETE FROM audit_seal WHERE number = " + last);
        Ran gone = verify("--head", head);
        assertThat(gone.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(gone.out()).contains(head);
        assertThat(verify("--head", "last").exit()).isEqualTo(Exit.USAGE);
    }
}
