package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Identity providers in files: by names alone, and without what is secret.
class ApplyProvidersTest extends FilesAndServer {
    private static final Map<String, String> SECRET = Map.of("ACME_SECRET", "what acme gave");

    private static final String PROVIDER = """
            identity_providers:
              acme:
                title: Acme
                issuer: https://login.acme.example
                client_id: gatehouse
                secret-env: ACME_SECRET
                apis: [orders]
                scopes: [profile, email]
                organizations: [Partners/East, Partners]
                joining: {organization: Partners/East, role: customer}
                trusted: [mfa]
            """;

    private static final String ORGANIZATIONS = """
            organizations:
              /:
                roles:
                  customer: {rights: {orders: ["orders:read"]}}
              Partners: {}
              Partners/East: {}
            """;

    private Ran applied(Path folder) {
        Ran ran = run(SECRET, "apply", folder.toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran;
    }

    @Test
    void theyAreMadeChangedAndExported() throws IOException {
        Path folder = files(API + PROVIDER, ORGANIZATIONS);
        assertThat(applied(folder).out())
                .contains("+ identity provider acme", "organizations: Partners/East", "with the given secret")
                .doesNotContain("what acme gave");
        assertThat(run("apply", folder.toString()).out())
                .as("the secret is asked for once")
                .isEqualTo("Nothing to do.\n");
        String shown =
                run("identity-provider", "get", id("identity-provider", "list")).out();
        assertThat(shown).contains("https://login.acme.example", "client_secret_basic", "mfa");

        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(exported.resolve("apis.yaml"))
                .content()
                .contains("identity_providers:", "issuer: https://login.acme.example", "Partners/East")
                .doesNotContain("what acme gave", "idp_", "org_", "role_");
        assertThat(run("apply", exported.toString()).out()).isEqualTo("Nothing to do.\n");

        write(
                folder,
                "apis.yaml",
                API
                        + PROVIDER.replace("    title: Acme\n", "")
                                .replace("    organizations: [Partners/East, Partners]\n", "")
                                .replace("    trusted: [mfa]\n", "    active: false\n"));
        assertThat(run("diff", folder.toString()).out()).contains("~ identity provider acme", "active");
        assertThat(applied(folder).out()).contains("~ identity provider acme", "- organizations: ", "+ active: false");
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        write(folder, "apis.yaml", API + PROVIDER);
        assertThat(applied(folder).out()).contains("- active: false");
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
    }

    /// Whoever has files of before, and prunes, signs nobody out.
    @Test
    void filesThatSayNothingOfThemLeaveThemAlone() throws IOException {
        Path folder = files(API + PROVIDER, ORGANIZATIONS);
        applied(folder);
        write(folder, "apis.yaml", API);
        assertThat(run("apply", folder.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");
        assertThat(run("identity-provider", "list").out()).contains("acme");
    }

    @Test
    void whatIsWrongIsKnownBefore() throws IOException {
        String silent = PROVIDER.replace("secret-env: ACME_SECRET", "token_endpoint_auth_method: client_secret_post");
        Path folder = files(API + silent, ORGANIZATIONS);
        assertThat(run("apply", folder.toString()).err()).contains("needs secret-env or secret-file");
        write(folder, "apis.yaml", API + PROVIDER);
        assertThat(run("apply", folder.toString()).err()).contains("no variable ACME_SECRET");
        write(folder, "apis.yaml", API + PROVIDER.replace("apis: [orders]", "apis: [parcels]"));
        assertThat(run(SECRET, "apply", folder.toString()).err()).contains("there is no Api parcels");
        write(folder, "apis.yaml", API + PROVIDER.replace("[Partners/East, Partners]", "[Nobody]"));
        assertThat(run(SECRET, "apply", folder.toString()).err()).contains("organization Nobody is neither here");
        write(folder, "apis.yaml", API + PROVIDER.replace("role: customer", "role: stranger"));
        assertThat(run(SECRET, "apply", folder.toString()).err()).contains("there is no role stranger");
        write(folder, "apis.yaml", API + PROVIDER);
        applied(folder);
        write(folder, "apis.yaml", API + PROVIDER.replace("login.acme", "other.acme"));
        assertThat(run(SECRET, "apply", folder.toString()).err())
                .contains("the issuer of identity provider acme cannot change");
    }
}
