package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Public keys in files and on the command line.
class ApplyKeysTest extends FilesAndServer {
    private static final String KEY = "\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"one\","
            + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"";
    private static final String JWKS = "{\"keys\":[{" + KEY + ",\"use\":\"sig\"}]}";
    private static final String OTHER = "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"two\","
            + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";

    private static final String SIGNER = SHOP + """
                  batch:
                    role: customer
                    token_endpoint_auth_method: private_key_jwt
                    credentials:
                      keys: {kind: public_key, scopes: role, jwks-file: batch.json}
            """;

    private Path folder(String organizations) throws IOException {
        Path folder = files(API, organizations);
        write(folder, "batch.json", JWKS);
        return folder;
    }

    @Test
    void keysOfAFileAreMadeAndThenAsTheyShouldBe() throws IOException {
        Path folder = folder(SIGNER);
        Ran made = run("apply", folder.toString(), "--show-secrets");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out())
                .contains(
                        "+ credential Acme > batch > keys\n",
                        "kind: public_key",
                        "token_endpoint_auth_method: private_key_jwt");
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = folder.resolveSibling("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("organizations.yaml")))
                .contains("jwks:", "kid: one", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
        write(folder, "batch.json", OTHER);
        Ran changed = run("apply", folder.toString());
        assertThat(changed.exit()).isNotZero();
        assertThat(changed.err()).contains("the jwks of", "cannot change");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: public_key, scopes: role} | has its jwks",
                "{kind: secret, scopes: role, jwks-file: batch.json} | no other has any of these",
                "{kind: public_key, assertion_subject: x, jwks-file: batch.json} | assertion_subject to assertion_issuer",
                "{kind: secret, assertion_issuer: x} | assertion_issuer belongs to jwks",
                "{kind: public_key, environment: test, jwks-file: batch.json} | no environment",
                "{kind: public_key, jwks-file: nowhere.json} | cannot read",
                "{kind: public_key, jwks: {keys: []}} | a JWK Set",
                "{kind: public_key, jwks: {keys: [{kty: EC, kid: a, d: AAAA}]}} | private parts",
                "{kind: public_key, jwks: {keys: [{kty: EC}]}} | must be JWKs"
            })
    void mistakesAreToldBeforeAnythingIsDone(String credential, String why) throws IOException {
        Path folder = folder(SIGNER.replace("{kind: public_key, scopes: role, jwks-file: batch.json}", credential));
        Ran ran = run("apply", folder.toString());
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.err()).contains(why).doesNotContain("AAAA");
    }

    @Test
    void keysAreMadeAndRotatedByCommand() throws IOException {
        Path folder = folder(SHOP);
        assertThat(run("apply", folder.toString(), "--show-secrets").exit()).isZero();
        String org = id("org", "list", "--name", "Acme");
        String app = id("app", "list", "--org", org, "--name", "shop");
        Path jwks = folder.resolve("batch.json");
        Ran made = run(
                "key",
                "create",
                "--app",
                app,
                "--kind",
                "public_key",
                "--name",
                "signer",
                "--jwks-file",
                jwks.toString());
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out())
                .contains("public_key", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")
                .doesNotContain("ghs_");
        Ran trusted = run(
                "key",
                "create",
                "--app",
                app,
                "--kind",
                "public_key",
                "--name",
                "ci",
                "--jwks-file",
                jwks.toString(),
                "--assertion-issuer",
                "https://ci.example.com",
                "--assertion-subject",
                "repo:acme/shop");
        assertThat(trusted.exit()).as(trusted.err()).isZero();
        assertThat(trusted.out()).contains("https://ci.example.com", "repo:acme/shop");
        assertThat(run("key", "create", "--app", app, "--kind", "secret", "--name", "y", "--assertion-issuer", "ci")
                        .err())
                .contains("--assertion-issuer");
        String key = id("key", "list", "--app", app, "--name", "signer");
        write(folder, "batch.json", OTHER);
        Ran rotated = run("key", "rotate", key, "--jwks-file", jwks.toString());
        assertThat(rotated.exit()).as(rotated.err()).isZero();
        assertThat(rotated.out()).contains("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assertThat(run("key", "rotate", key).exit()).isNotZero();
        assertThat(run("key", "create", "--app", app, "--kind", "public_key", "--name", "x")
                        .err())
                .contains("--jwks-file");
        assertThat(run("key", "create", "--app", app, "--kind", "secret", "--name", "x", "--jwks-file", jwks.toString())
                        .err())
                .contains("--jwks-file");
    }
}
