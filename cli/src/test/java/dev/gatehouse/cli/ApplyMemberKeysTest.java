package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys that act as a member, in files.
class ApplyMemberKeysTest extends FilesAndServer {
    private static final String PEOPLE = SHOP + """
              Partners:
                users:
                  alice: {}
                members:
                  alice:
                    role: customer
                    credentials:
                      laptop: {kind: api_key, scopes: role}
                      beside: {kind: user_secret, scopes: {orders: ["orders:read"]}}
            """;

    @Test
    void theyAreMadeOnceToldExportedAndMadeElsewhere() throws IOException {
        Path folder = files(API, PEOPLE);
        Path drawn = temporary.resolve("drawn.jsonl");
        Ran made = run("apply", folder.toString(), "--secrets", drawn.toString());
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out())
                .contains("+ credential Partners > alice > laptop   (a secret is drawn)", "kind: user_secret");
        assertThat(Files.readString(drawn))
                .contains("\"application\":\"alice\"", "ghk_live_", "ghu_live_", "\"kind\":\"user_secret\"");
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");

        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("organizations.yaml"))
                .content()
                .contains("laptop:", "beside:", "kind: user_secret");
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
    void theyAreChangedAndPruned() throws IOException {
        Path folder = files(API, PEOPLE);
        apply(folder);
        write(
                folder,
                "organizations.yaml",
                PEOPLE.replace(
                                "laptop: {kind: api_key, scopes: role}",
                                "laptop: {kind: api_key, scopes: role, holds: [owner]}")
                        .replaceAll("(?m)^ *beside:.*\\n", ""));
        Ran changed = run("apply", folder.toString(), "--prune");
        assertThat(changed.exit()).as(changed.err()).isZero();
        assertThat(changed.out())
                .contains("~ credential Partners > alice > laptop", "- credential Partners > alice > beside");
        assertThat(run("diff", folder.toString()).out()).isEqualTo("Nothing to do.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: secret, scopes: role} | a member has credentials of kind api_key or user_secret",
                "{kind: user_secret, secret-env: X} | may have a given secret",
                "{kind: api_key, scopes: {orders: [\"orders:write\"]}} | does not give orders:write"
            })
    void mistakesAreToldBeforeAnythingIsDone(String credential, String why) throws IOException {
        Path folder = files(
                API,
                PEOPLE.replace("{kind: api_key, scopes: role}\n          beside", credential + "\n          beside"));
        Ran ran = run("apply", folder.toString());
        assertThat(ran.exit()).as(ran.out()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
        Path other = files(API, SHOP.replace("{kind: api_key, scopes: role}", "{kind: user_secret}"));
        assertThat(run("apply", other.toString()).err()).contains("a user_secret is a member's");
    }
}
