package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `apply`, `diff` and `export` as a user has them, against a whole server.
class ApplyTest extends FilesAndServer {
    private static final Path EXAMPLE = Path.of("../docs/guides/apply-example");

    @Test
    void exportAndApplyElsewhereAndExportAgainIsTheSameToTheByte() throws IOException {
        assertThat(run("apply", EXAMPLE.toString(), "--show-secrets").exit()).isZero();
        Path here = temporary.resolve("here");
        Path there = temporary.resolve("there");
        assertThat(run("export", here.toString()).exit()).isZero();
        try (EmptyServer other = EmptyServer.start(temporary.resolve("other"))) {
            assertThat(on(other, "apply", here.toString(), "--show-secrets").exit())
                    .isZero();
            assertThat(on(other, "export", there.toString()).exit()).isZero();
        }
        for (String file : List.of("apis.yaml", "organizations.yaml")) {
            assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
        }
        assertThat(here.resolve("organizations.yaml"))
                .content()
                .contains("Acme/EMEA:", "holds: [provider]", "environment: test", "2099-12-31T23:59:59Z")
                .doesNotContain("cred_", "app_", "org_", "role_", "ghk_", "ghs_", "bootstrap", "owner");
    }

    @Test
    void theSecondTimeThereIsNothingToDo() {
        Ran first = run("apply", EXAMPLE.toString(), "--show-secrets");
        assertThat(first.exit()).isZero();
        assertThat(first.out()).contains("+ api orders", "+ organization Acme/EMEA", "+ credential Acme > shop > till");
        String rows = audited();
        Ran second = run("apply", EXAMPLE.toString());
        assertThat(second.exit()).isZero();
        assertThat(second.out()).isEqualTo("Nothing to do.\n");
        assertThat(run("diff", EXAMPLE.toString(), "--prune").exit()).isZero();
        assertThat(audited()).isEqualTo(rows);
    }

    /// What a dialect has made for the keys of users is in no files: its public id is of one server, and given to
    /// nobody.
    @Test
    void whatADialectKeepsIsLeftOutAndLeftAlone() throws IOException, SQLException {
        Path files = files(API, SHOP + """
                      api-keys:
                        client_id: of-a-dialect
                        credentials:
                          k: {kind: api_key}
                """);
        assertThat(run("apply", files.toString(), "--show-secrets").exit()).isZero();
        Path database = temporary.resolve("server/data/gatehouse.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE application SET client_id = 'api-keys.org_0000000000001'"
                            + " WHERE client_id = 'of-a-dialect'"))
                    .isEqualTo(1);
        }
        Path here = temporary.resolve("here");
        Ran exported = run("export", here.toString());
        assertThat(exported.exit()).isZero();
        assertThat(exported.err()).contains("Note: ", "api-keys");
        assertThat(here.resolve("organizations.yaml"))
                .content()
                .contains("acme-shop")
                .doesNotContain("api-keys");
        assertThat(run("diff", here.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");

        write(
                files,
                "organizations.yaml",
                Files.readString(files.resolve("organizations.yaml"))
                        .replace("of-a-dialect", "api-keys.org_0000000000001"));
        try (EmptyServer other = EmptyServer.start(temporary.resolve("other"))) {
            for (Path folder : List.of(here, files)) {
                Ran applied = on(other, "apply", folder.toString(), "--show-secrets");
                assertThat(applied.exit()).as(applied.err()).isZero();
            }
            Ran again = on(other, "apply", files.toString());
            assertThat(again.out()).isEqualTo("Nothing to do.\n");
            assertThat(again.err()).contains("Note: ", "api-keys");
        }
    }

    /// The audit trail, without what sealing adds to its rows meanwhile.
    private String audited() {
        return run("audit", "list", "-o", "json").out().replaceAll(",\\s*\"seal\": [0-9]+", "");
    }

    @Test
    void aPlanChangesNothingAndItsExitCodeSaysWhetherAnythingWould() {
        Ran plan = run("apply", EXAMPLE.toString(), "--plan");
        assertThat(plan.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(run("diff", EXAMPLE.toString())).isEqualTo(new Ran(Exit.DIFFERENT, plan.out(), plan.err()));
        assertThat(run("org", "list", "-o", "json").out()).doesNotContain("Acme");
        Json.Obj json = (Json.Obj)
                Json.parse(run("diff", EXAMPLE.toString(), "-o", "json").out());
        assertThat(json.items("changes"))
                .isNotEmpty()
                .allSatisfy(
                        change -> assertThat(((Json.Obj) change).text("action")).contains("create"));
    }

    @Test
    void drawnSecretsGoIntoANewFileThatOnlyItsOwnerReads() throws IOException {
        Path folder = files(API, SHOP);
        Path secrets = temporary.resolve("secrets.jsonl");
        Ran without = run("apply", folder.toString());
        assertThat(without.exit()).isEqualTo(Exit.USAGE);
        assertThat(without.err()).contains("--secrets FILE");
        Ran with = run("apply", folder.toString(), "--secrets", secrets.toString());
        assertThat(with.exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        Json.Obj line = (Json.Obj) Json.parse(Files.readString(secrets));
        String secret = line.text("secret").orElseThrow();
        assertThat(line.text("organization")).contains("Acme");
        assertThat(line.text("client_id")).contains("acme-shop");
        assertThat(with.out() + with.err()).doesNotContain(secret);
        assertThat(CommandLineTest.run(
                                Map.of("GATEHOUSE_KEY", secret),
                                "",
                                "whoami",
                                "--url",
                                server.base().toString())
                        .err())
                .contains("403");
        assertThat(run("apply", folder.toString(), "--secrets", secrets.toString())
                        .exit())
                .as("nothing is drawn, so nothing is in the way")
                .isZero();
        write(folder, "organizations.yaml", SHOP + "          key 2: {kind: api_key}\n");
        Ran again = run("apply", folder.toString(), "--secrets", secrets.toString());
        assertThat(again.exit()).isEqualTo(Exit.USAGE);
        assertThat(again.err()).contains("is there already");
        assertThat(run("diff", folder.toString()).out()).contains("+ credential Acme > shop > key 2");
    }

    @Test
    void aGivenSecretComesFromAFileOrTheEnvironmentAndIsNeverShown() throws IOException {
        String pair = "pair: {kind: secret, scopes: role, ";
        String here = API.replace("http://127.0.0.1:9", server.orders() + "\n    listener: api");
        Path folder = files(here, SHOP + "          " + pair + "secret-file: pair.txt}\n");
        write(folder, "pair.txt", "a-secret-of-long-ago\n");
        Path secrets = temporary.resolve("secrets.jsonl");
        Ran applied = run("apply", folder.toString(), "--secrets", secrets.toString());
        assertThat(applied.exit()).as(applied.err()).isZero();
        assertThat(applied.out() + applied.err() + Files.readString(secrets))
                .contains("(with the given secret)")
                .doesNotContain("a-secret-of-long-ago");
        Files.delete(folder.resolve("pair.txt"));
        assertThat(run("diff", folder.toString()).exit())
                .as("only making it needs the secret")
                .isZero();
        write(folder, "organizations.yaml", SHOP + "          " + pair.replace("pair", "other") + "secret-env: S}\n");
        for (String secret : List.of("short", "ghs_live_abcdefghijklmnop", "with blanks in the middle")) {
            Ran wrong = run(Map.of("S", secret), "apply", folder.toString());
            assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
            assertThat(wrong.err()).contains("a given secret is 16 to 255").doesNotContain(secret);
        }
        Ran given = run(Map.of("S", "another-secret-of-long-ago"), "apply", folder.toString());
        assertThat(given.exit()).as(given.err()).isZero();
        Ran token = token("a-secret-of-long-ago");
        assertThat(token.exit()).as(token.err()).isZero();
        assertThat(token("another-secret-of-long-ago").exit()).isZero();
        write(
                folder,
                "organizations.yaml",
                SHOP + "          "
                        + pair.replace("pair", "hashed")
                        + "secret-sha256: 061310e23394473a13080489e380f38101709b496725efb5ba2f0ea3c36c9b78}\n");
        Ran hashed = run("apply", folder.toString());
        assertThat(hashed.exit()).as(hashed.err()).isZero();
        assertThat(token("a-hashed-secret-of-long-ago").exit()).isZero();
        assertThat(token("a-secret-of-yesterday").exit()).isEqualTo(Exit.REFUSED);
    }

    private Ran token(String secret) {
        return CommandLineTest.run(
                Map.of("GATEHOUSE_CLIENT_SECRET", secret),
                "",
                "token",
                "--issuer",
                server.orders().toString(),
                "--client-id",
                "acme-shop");
    }

    @Test
    void exportDoesNotMixWithOtherFiles() throws IOException {
        Path folder = files(API, SHOP);
        write(folder, "mine.yaml", "apis: {}\n");
        Ran ran = run("export", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("mine.yaml", "take another folder");
        assertThat(folder.resolve("apis.yaml")).hasContent(API);
    }

    @Test
    void aNameMayHaveASlashAndAnything() throws IOException {
        Path folder = files(API, """
                organizations:
                  "A~1b ~0 : #1": {}
                  "A~1b ~0 : #1/null": {applications: {"- x": {}, "{}": {}, "yes": {}}}
                """);
        apply(folder);
        Path out = temporary.resolve("out");
        assertThat(run("export", out.toString()).exit()).isZero();
        assertThat(run("diff", out.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");
        assertThat(run("org", "list").out()).contains("A/b ~ : #1");
    }
}
