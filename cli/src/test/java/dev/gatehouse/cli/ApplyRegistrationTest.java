package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may register clients, in files, and the tokens that let them, by command.
class ApplyRegistrationTest extends FilesAndServer {
    private static final String POLICY = API + """
                registration:
                  organization: /
                  role: partner
                  open: true
                  metadata_documents: true
                  grant_types: [refresh_token, authorization_code]
                  token_endpoint_auth_methods: [none, private_key_jwt]
                  redirect_hosts: [app.example.com, "[::1]"]
                  pkce: optional
                  max_clients: 50
                  rate: {requests: 20, seconds: 3600}
            """;

    @Test
    void aPolicyOfAFileIsWrittenAndThenAsItShouldBe() throws IOException {
        Path folder = files(POLICY, SHOP);
        Ran made = run("apply", folder.toString(), "--show-secrets");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out()).contains("registration.role: partner", "registration.open: true");
        assertThat(run("diff", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = folder.resolveSibling("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("apis.yaml")))
                .contains("registration:", "role: partner", "max_clients: 50")
                .doesNotContain("rate:");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role: partner | role: Partner*",
                "[none, private_key_jwt] | [client_secret_jwt]",
                "max_clients: 50 | max_clients: 0",
                "[app.example.com, \"[::1]\"] | [\"*.example.com\"]"
            })
    void mistakesAreToldBeforeAnythingIsDone(String before, String after) throws IOException {
        Ran ran = run("apply", files(POLICY.replace(before, after), SHOP).toString());
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.err()).contains("apis.yaml");
    }

    @Test
    void initialAccessTokensAreMadeListedAndWithdrawn() throws IOException {
        assertThat(run("apply", files(POLICY, SHOP).toString(), "--show-secrets")
                        .exit())
                .isZero();
        Ran made = run("registration", "create", "orders", "--name", "partner-9", "--uses", "5");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out()).contains("gti_", "partner-9");
        assertThat(run("registration", "list", "orders").out())
                .contains("partner-9")
                .doesNotContain("gti_");
        assertThat(run("registration", "withdraw", "orders", "partner-9").exit())
                .isZero();
        assertThat(run("registration", "withdraw", "orders", "partner-9").exit())
                .isEqualTo(Exit.REFUSED);
    }
}
