package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Users and members in files.
class ApplyPeopleTest extends FilesAndServer {
    private static final String PASSWORD = "correct horse battery staple";

    /// Of the password `password`, as `argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 -e` gives it.
    private static final String HASH =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private static final String PEOPLE = SHOP + """
                users:
                  alice:
                    profile: {email: alice@example.com, email_verified: true, profile: "https://example.com/a"}
                    password-env: ALICE
                members:
                  alice: {role: customer, expires_at: 2090-01-01T00:00:00Z}
                  bob: {role: customer, home: /}
            """;

    private final Map<String, String> given = Map.of("ALICE", PASSWORD);

    private Path people(String organizations) throws IOException {
        return files(API, organizations.replace("  /:\n", "  /:\n    users: {bob: {}}\n"));
    }

    private Ran applied(Path folder) {
        Ran ran = run(given, "apply", folder.toString(), "--show-secrets");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
        return ran;
    }

    private String acme() {
        return id("org", "list", "--name", "Acme");
    }

    @Test
    void peopleAreMadeChangedAndThenAsTheyShouldBe() throws IOException {
        Path folder = people(PEOPLE);
        assertThat(applied(folder).out())
                .contains(
                        "+ user / > bob",
                        "+ user Acme > alice   (with the given password)",
                        "+ member Acme > alice",
                        "+ member Acme > bob",
                        "email: alice@example.com");
        assertThat(run("apply", folder.toString()).out())
                .as("the password is there and not asked for again")
                .isEqualTo("Nothing to do.\n");
        String alice = id("user", "list", "--org", acme(), "--name", "alice");
        assertThat(run("user", "get", alice).out())
                .contains("alice@example.com", "https://example.com/a", "email_verified");
        write(
                folder,
                "organizations.yaml",
                Files.readString(folder.resolve("organizations.yaml"))
                        .replace("email_verified: true, ", "")
                        .replace("alice@example.com", "alice@example.org")
                        .replace("{role: customer, expires_at: 2090-01-01T00:00:00Z}", "{holds: [owner]}"));
        assertThat(applied(folder).out())
                .contains(
                        "~ user Acme > alice",
                        "~ profile.email: alice@example.com -> alice@example.org",
                        "- profile.email_verified: true",
                        "~ member Acme > alice",
                        "- role: customer of /",
                        "+ holds: owner");
        assertThat(run("user", "get", alice).out())
                .contains("alice@example.org", "https://example.com/a")
                .doesNotContain("email_verified");
        assertThat(run("diff", folder.toString()).exit()).isZero();
    }

    /// What stopped between the making of a user and its password is taken up again.
    @Test
    void aUserWithoutAPasswordGetsTheOneOfTheFiles() throws IOException {
        Path folder = people(PEOPLE.replace("        password-env: ALICE\n", ""));
        assertThat(applied(folder).out()).contains("+ user Acme > alice\n").doesNotContain("given");
        people(PEOPLE);
        assertThat(applied(folder).out()).contains("~ user Acme > alice", "+ password: given");
        assertThat(applied(folder).out()).isEqualTo("Nothing to do.\n");
    }

    @Test
    void anExportThatIsAppliedToAnEmptyServerIsExportedTheSame() throws IOException {
        applied(people(PEOPLE));
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        String first = Files.readString(exported.resolve("organizations.yaml"));
        assertThat(first)
                .contains("users:", "members:", "alice@example.com", "home: /")
                .doesNotContain("password", "argon2", "user_", "memb_");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
        try (EmptyServer other = EmptyServer.start(temporary.resolve("other"))) {
            Ran ran = on(other, "apply", exported.toString(), "--show-secrets");
            assertThat(ran.exit()).as(ran.err()).isZero();
            Path again = temporary.resolve("again");
            assertThat(on(other, "export", again.toString()).exit()).isZero();
            assertThat(again.resolve("organizations.yaml")).hasContent(first);
        }
    }

    @Test
    void whoNoFileNamesIsNotPruned() throws IOException {
        Path folder = people(PEOPLE);
        applied(folder);
        String acme = acme();
        assertThat(run("user", "create", "--org", acme, "--username", "carol").exit())
                .isZero();
        String carol = id("user", "list", "--org", acme, "--name", "carol");
        assertThat(run("member", "add", "--org", acme, "--user", carol).exit()).isZero();
        Ran pruned = run(given, "apply", folder.toString(), "--prune");
        assertThat(pruned.out()).as(pruned.err()).isEqualTo("Nothing to do.\n");
    }

    @Test
    void aPasswordComesFromAFileOrAsTheHashOfAnotherSystem() throws IOException {
        write(temporary, "alice.password", PASSWORD + "\n");
        Path folder = people(PEOPLE.replace("password-env: ALICE", "password-file: ../alice.password"));
        assertThat(applied(folder).out()).contains("(with the given password)");
        people(PEOPLE.replace("alice", "carol").replace("password-env: ALICE", "password-argon2id: " + HASH));
        Ran ran = applied(folder);
        assertThat(ran.out())
                .contains("+ user Acme > carol   (with the given password)")
                .doesNotContain(HASH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            password-env: ALICE     | password-env: BOB                 | the environment has no variable BOB
            password-env: ALICE     | password-env: WEAK                | a password is 8 to 256 characters
            password-env: ALICE     | password-argon2id: $argon2i$v=19  | is a PHC string of Argon2id
            email_verified: true    | email_verified: "yes"             | must be true or false
            email_verified: true    | mail: a                           | did you mean email?
            home: /                 | home: Umbrella                    | no user of that name has its home in Umbrella
            home: /                 | homes: /                          | did you mean home?
            bob: {role: customer,   | bob: {role: nobody,               | there is no role nobody in Acme or above it
            '      alice:'          | '      Alice:'                    | must be a username
            """)
    void mistakesAreToldBeforeAnythingIsDone(String right, String wrong, String told) throws IOException {
        assertThat(PEOPLE).contains(right);
        Path folder = people(PEOPLE.replace(right, wrong));
        Ran ran = run(Map.of("ALICE", PASSWORD, "WEAK", "password"), "apply", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains(told).doesNotContain(PASSWORD);
        assertThat(run("org", "list").out()).doesNotContain("Acme");
    }

    @Test
    void aUsernameIsOnePersons() throws IOException {
        Path folder = people(PEOPLE.replace("      alice:\n", "      bob:\n"));
        assertThat(run(given, "apply", folder.toString()).err()).contains("the username bob is taken, at");
    }
}
