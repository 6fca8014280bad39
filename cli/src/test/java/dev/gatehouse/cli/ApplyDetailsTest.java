package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Types of authorization details in files: of an Api, of its routes and of clients.
class ApplyDetailsTest extends FilesAndServer {
    private static final String APIS = """
            apis:
              orders:
                issuer: http://127.0.0.1:9
                upstream: http://127.0.0.1:8
                scopes: {"orders:read": See, "orders:write": Change}
                authorization_details_types:
                  payment:
                    description: "Pay {amount} to {creditor}"
                    descriptions: {de: "{amount} an {creditor} zahlen"}
                    scope: "orders:write"
                    members:
                      actions: {kind: texts, required: true, values: [status, initiate]}
                      amount: {kind: text, required: true}
                      creditor: {kind: text}
                routes:
                  - {methods: [POST], path: /payments, any: ["orders:write"], authorization_details: payment}
            """;

    @Test
    void typesAreWrittenExportedAndTakenBack() throws IOException {
        Path folder = files(APIS, SHOP);
        Ran made = apply(folder);
        assertThat(made.out()).contains("+ api orders");
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("apis.yaml")))
                .contains("authorization_details_types:", "authorization_details: payment");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
        write(folder, "apis.yaml", APIS.replace("values: [status, initiate]", "values: [status]"));
        assertThat(run("apply", folder.toString()).out()).contains("~ api orders");
        assertThat(run("api", "get", "orders").out()).doesNotContain("initiate");
    }

    @Test
    void whatIsNotThereIsToldBeforeAnythingIsDone() throws IOException {
        Path folder = files(
                APIS.replace("scope: \"orders:write\"", "scope: \"orders:pay\"")
                        .replace("authorization_details: payment", "authorization_details: refund"),
                SHOP);
        assertThat(run("apply", folder.toString()).err())
                .contains("the type payment needs the scope orders:pay", "a route needs the type refund");
    }

    @Test
    void aClientIsBoundToTypes() throws IOException {
        Path folder =
                files(APIS, SHOP.replaceFirst("( +)role: ", "$1authorization_details_types: [payment]\n$1role: "));
        apply(folder);
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("organizations.yaml"))).contains("authorization_details_types:");
    }
}
