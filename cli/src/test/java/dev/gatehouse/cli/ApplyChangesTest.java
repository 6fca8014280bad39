package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every kind of change to what is there already.
class ApplyChangesTest extends FilesAndServer {
    @Test
    void windowsAndHoldsAreSetAndTakenAwayAndNothingElseIsTouched() throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        String later = SHOP.replace("  Acme:", """
                  Acme:
                    not_before: 2020-01-01T00:00:00Z
                    expires_at: 2098-01-01T00:00:00Z
                    holds: [owner, provider]\
                """)
                .replace("scopes: role}", "scopes: role, holds: [owner], expires_at: 2097-01-01T00:00:00Z}");
        write(folder, "organizations.yaml", later);
        assertThat(run("diff", folder.toString()).out())
                .contains("~ organization Acme\n", "+ holds: owner", "+ holds: provider")
                .contains("+ expires_at: 2098-01-01T00:00:00Z", "~ credential Acme > shop > key\n");
        apply(folder);
        assertThat(run("org", "list").out()).contains("suspended");
        write(folder, "organizations.yaml", SHOP);
        assertThat(apply(folder).out())
                .contains("- holds: provider", "- expires_at: 2098-01-01T00:00:00Z", "- not_before");
        assertThat(run("diff", folder.toString()).exit()).isZero();
        assertThat(run("org", "list").out()).contains("active");
    }

    @Test
    void apisAndRolesFollowTheFilesAlsoWhenScopesGo() throws IOException {
        Path folder = files(API, SHOP.replace("[\"orders:read\"]", "[\"orders:read\", \"orders:write\"]"));
        apply(folder);
        write(
                folder,
                "apis.yaml",
                API.replace(", \"orders:write\": Change", ", \"orders:list\": {description: List}")
                        + "      - {methods: [\"*\"], path: /all, all: [\"orders:list\"]}\n    upstream: http://127.0.0.1:7\n");
        write(folder, "organizations.yaml", SHOP.replace("[\"orders:read\"]", "[\"orders:read\", \"orders:list\"]"));
        assertThat(apply(folder).out())
                .contains("- scopes.orders:write.description: Change", "+ scopes.orders:list.description: List")
                .contains("+ upstream: http://127.0.0.1:7", "+ routes: * /all all orders:list")
                .contains("~ role / > customer\n", "- rights.orders: orders:write", "+ rights.orders: orders:list");
        assertThat(run("diff", folder.toString()).exit()).isZero();
        assertThat(run("api", "get", "orders", "-o", "json").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("api", "list", "-o", "json").out())
                .contains("orders:list")
                .doesNotContain("orders:write");
    }

    @Test
    void whatIsRevokedKeepsItsNameAndIsNotMadeAgain() throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        assertThat(run("app", "revoke", id("app", "list", "--org", id("org", "list")))
                        .exit())
                .isZero();
        Ran ran = run("apply", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("application Acme > shop was revoked, which is for good");
    }

    @Test
    void applicationsGetAndLoseTheirRole() throws IOException {
        String none = SHOP.replace("role: customer", "not_before: 2020-01-01T00:00:00Z");
        Path folder = files(API, none);
        assertThat(run("apply", folder.toString()).err())
                .contains("credential Acme > shop > key has scopes: role, and its application has no role");
        write(folder, "organizations.yaml", none.replace(", scopes: role", ""));
        apply(folder);
        write(folder, "organizations.yaml", SHOP);
        assertThat(apply(folder).out())
                .contains("~ application Acme > shop\n", "+ role: customer of /", "- not_before");
        assertThat(run("diff", folder.toString()).exit()).isZero();
        write(
                folder,
                "organizations.yaml",
                SHOP.replace("  Acme:\n", "  Acme:\n    roles: {customer: {rights: {}}}\n"));
        assertThat(apply(folder).out())
                .as("a nearer role of the name hides the one above")
                .contains("+ role Acme > customer", "~ role: customer of / -> customer of Acme");
        write(
                folder,
                "organizations.yaml",
                SHOP.replace("  Acme:\n", "  Acme:\n    roles: {customer: {rights: {}}}\n")
                        .replace("role: customer", "role: {name: customer, organization: /}"));
        assertThat(apply(folder).out()).contains("~ role: customer of Acme -> customer of /");
        Path out = temporary.resolve("out");
        assertThat(run("export", out.toString()).exit()).isZero();
        assertThat(out.resolve("organizations.yaml")).content().contains("organization: /\n");
        assertThat(run("diff", out.toString(), "--prune").exit()).isZero();
        write(folder, "organizations.yaml", SHOP.replace("role: customer", "holds: []"));
        assertThat(apply(folder).out()).contains("- role: customer of /");
        assertThat(run("diff", folder.toString()).exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scopes: {orders: [\"orders:read\"]} | ~ scopes: role -> {\"orders\":[\"orders:read\"]} | - scopes",
                "scopes: role, addresses: [10.0.0.0/8, \"2001:db8::/32\"] | + addresses: 10.0.0.0/8 | - addresses",
                "scopes: role, apis: [orders] | + apis: orders | - apis: orders",
                "holds: [owner, policy] | + holds: policy | - holds: policy",
                "not_before: 2020-01-01T01:00:00+01:00 | + not_before: 2020-01-01T00:00:00Z | - not_before",
                "expires_at: 2020-01-02T00:00:00Z | + expires_at: 2020-01-02T00:00:00Z | - expires_at"
            })
    void credentialsFollowTheFilesThereAndBack(String members, String there, String back) throws IOException {
        String none = SHOP.replace(", scopes: role", "");
        Path folder = files(API, members.startsWith("scopes: {") ? SHOP : none);
        apply(folder);
        write(folder, "organizations.yaml", SHOP.replace("scopes: role", members));
        assertThat(apply(folder).out()).contains("~ credential Acme > shop > key\n", there);
        assertThat(run("diff", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        write(folder, "organizations.yaml", none);
        assertThat(apply(folder).out()).contains(back);
        assertThat(run("diff", folder.toString()).exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "client_id: acme-shop,client_id: other-shop,the client_id of application Acme > shop cannot change",
        "kind: api_key,kind: secret,the kind of credential Acme > shop > key cannot change",
        "kind: api_key,'kind: api_key, environment: test',the environment of credential Acme > shop > key cannot"
    })
    void whatCannotChangeIsAMistake(String before, String after, String told) throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        write(folder, "organizations.yaml", SHOP.replace(before, after));
        Ran ran = run("apply", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains(told);
    }

    /// An export of a server where something has expired is applied to another one.
    @Test
    void whatIsOverAlreadyIsMadeAndIsOver() throws IOException {
        Path folder = files(API, SHOP.replace("role}", "role, expires_at: 2020-01-01T00:00:00Z}"));
        apply(folder);
        assertThat(run("diff", folder.toString()).exit()).isZero();
        assertThat(run("export", temporary.resolve("out").toString()).exit()).isZero();
        assertThat(temporary.resolve("out/organizations.yaml")).content().contains("2020-01-01T00:00:00Z");
    }

    @Test
    void theNewestOfSeveralCredentialsOfANameIsMeant() throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        String shop = id("app", "list", "--org", id("org", "list"));
        assertThat(run("key", "create", "--app", shop, "--kind", "secret", "--name", "key")
                        .exit())
                .isZero();
        Ran export = run("export", temporary.resolve("out").toString());
        assertThat(export.err()).contains("2 live credentials have the name of credential Acme > shop > key");
        assertThat(temporary.resolve("out/organizations.yaml")).content().contains("kind: secret");
        write(folder, "organizations.yaml", SHOP.replace("kind: api_key, scopes: role", "kind: secret"));
        assertThat(run("diff", folder.toString(), "--prune").exit())
                .as("the older one is left alone")
                .isZero();
    }
}
