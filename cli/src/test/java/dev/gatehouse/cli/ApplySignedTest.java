package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Routes that want signatures, and limits of the keys of pages, in files.
class ApplySignedTest extends FilesAndServer {
    private static final String SIGNED = """
            apis:
              orders:
                issuer: http://127.0.0.1:9
                dialect: inbenta
                upstream: http://127.0.0.1:8
                limits: {domain_key: {requests: 100, seconds: 60, burst: 100}}
                scopes: {"orders:read": See, "orders:write": Change}
                routes:
                  - {methods: [GET], path: /reports, any: ["orders:read"], signed: true}
                  - {methods: [GET], path: /orders, any: ["orders:read"]}
            """;

    @Test
    void whatWantsASignatureIsWrittenExportedAndTakenBack() throws IOException {
        Path folder = files(SIGNED, SHOP);
        Ran made = apply(folder);
        assertThat(made.out()).contains("+ api orders");
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("apis.yaml")))
                .containsOnlyOnce("signed: true")
                .contains("domain_key:");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
        write(folder, "apis.yaml", SIGNED.replace(", signed: true", ""));
        assertThat(run("apply", folder.toString()).out()).contains("~ api orders");
        assertThat(run("api", "get", "orders").out()).doesNotContain("signed");
    }
}
