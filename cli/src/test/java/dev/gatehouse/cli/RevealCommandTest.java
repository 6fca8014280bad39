package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Secrets that are told again: said in files, read by a command, in no export.
class RevealCommandTest extends FilesAndServer {
    private static final String REVEALING = API.stripTrailing() + "\n    reveal: [api_key]\n";

    private String secret(Ran made) {
        return made.out()
                .lines()
                .filter(line -> line.startsWith("secret "))
                .map(line -> line.substring("secret ".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKeyIsShownAgainAndExportedWithoutItsSecret() throws IOException {
        Path folder = files(REVEALING, SHOP);
        apply(folder);
        String app = id("app", "list", "--org", id("org", "list", "--name", "Acme"), "--name", "shop");
        Ran made = run(
                "key", "create", "--app", app, "--kind", "api_key", "--name", "shown", "--scope", "orders=orders:read");
        assertThat(made.exit()).as(made.err()).isZero();
        String key = id("key", "list", "--app", app, "--name", "shown");
        Ran told = run("key", "reveal", key);
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(secret(told)).isEqualTo(secret(made));
        Ran applied = run("key", "reveal", id("key", "list", "--app", app, "--name", "key"));
        assertThat(applied.exit()).as(applied.err()).isZero();
        assertThat(secret(applied)).startsWith("ghk_live_");

        Path exported = folder.resolveSibling("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("apis.yaml"))).contains("reveal:", "api_key");
        assertThat(Files.readString(exported.resolve("organizations.yaml")))
                .doesNotContain(secret(made))
                .doesNotContain(secret(applied));

        write(folder, "apis.yaml", API);
        apply(folder);
        Ran none = run("key", "reveal", key);
        assertThat(none.exit()).isNotZero();
        assertThat(none.err()).contains("no Api keeps the secret");
    }

    @Test
    void kindsWithoutASecretAreAMistake() throws IOException {
        Ran ran = run(
                "apply",
                files(REVEALING.replace("[api_key]", "[password]"), SHOP).toString());
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.err()).contains("apis.yaml", "api_key", "user_secret");
    }
}
