package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Clients that are answered with tokens in place of codes, in files.
class ApplyResponseTypesTest extends FilesAndServer {
    private static final String PAGE = SHOP + """
                  page:
                    role: customer
                    token_endpoint_auth_method: none
                    redirect_uris: ["https://page.example.com/cb"]
            """;

    @Test
    void theyAreSaidExportedAndTakenAwayAgain() throws IOException {
        Path folder = files(API, PAGE + """
                    grant_types: [implicit]
                    response_types: [id_token, id_token token]
            """);
        assertThat(apply(folder).out()).contains("+ application Acme > page");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("organizations.yaml"))
                .content()
                .contains("implicit", "response_types", "id_token token");
        write(folder, "organizations.yaml", PAGE + """
                    grant_types: [authorization_code]
            """);
        assertThat(apply(folder).out()).contains("~ application Acme > page");
        assertThat(apply(folder).out()).isEqualTo("Nothing to do.\n");
        assertThat(run("export", temporary.resolve("after").toString()).exit()).isZero();
        assertThat(temporary.resolve("after/organizations.yaml"))
                .content()
                .contains("page.example.com")
                .doesNotContain("implicit", "response_types");
    }
}
