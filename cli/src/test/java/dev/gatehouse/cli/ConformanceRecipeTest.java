package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of the guide to the conformance suite.
class ConformanceRecipeTest extends FilesAndServer {
    private static final Path RECIPE = Path.of("../docs/guides/conformance");

    private static final Path FAPI = Path.of("../docs/guides/conformance-fapi");

    private static final Map<String, String> GIVEN = Map.of(
            "ALICE_PASSWORD", "correct horse battery staple",
            "SUITE_SECRET", "a-secret-of-the-suite-1-0123456789abcdef",
            "SUITE_POST_SECRET", "a-secret-of-the-suite-2-0123456789abcdef",
            "SUITE_SECOND_SECRET", "a-secret-of-the-suite-3-0123456789abcdef",
            "SUITE_PAIRWISE_SECRET", "a-secret-of-the-suite-4-0123456789abcdef");

    @Test
    void theyAreAppliedAndExportedTheSame() throws IOException {
        Path folder = files(
                Files.readString(RECIPE.resolve("apis.yaml")), Files.readString(RECIPE.resolve("organizations.yaml")));
        Ran made = run(GIVEN, "apply", folder.toString(), "--show-secrets");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(run("apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("organizations.yaml")))
                .contains(
                        "subject_type: pairwise",
                        "default_max_age: 3600",
                        "request_uris:",
                        "response_types: [id_token, id_token token]",
                        "default_acr_values: [\"2\", \"1\"]");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
    }

    /// Those of the FAPI 2.0 plans, for each of the two profiles, with the keys that the suite's configuration has.
    @ParameterizedTest
    @ValueSource(strings = {"fapi2", "fapi2-message-signing"})
    void thoseOfFapiAreAppliedAndExportedTheSame(String profile) throws IOException, GeneralSecurityException {
        Path folder = files(
                Files.readString(FAPI.resolve("apis.yaml")).replace("profile: fapi2 ", "profile: " + profile + " "),
                Files.readString(FAPI.resolve("organizations.yaml")));
        for (String name : new String[] {"client", "client2"}) {
            Files.writeString(folder.resolve(name + ".jwks.json"), jwks(name));
        }
        Ran made = run(GIVEN, "apply", folder.toString(), "--show-secrets");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(run(GIVEN, "apply", folder.toString()).out()).isEqualTo("Nothing to do.\n");
        Path exported = temporary.resolve("exported");
        assertThat(run("export", exported.toString()).exit()).isZero();
        assertThat(Files.readString(exported.resolve("apis.yaml")))
                .contains("profile: " + profile, "mtls_base: https://mtls.example.com");
        assertThat(run("diff", exported.toString()).out()).isEqualTo("Nothing to do.\n");
    }

    /// Another key for each, as the suite asks for.
    private static String jwks(String keyId) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
        byte[] modulus = key.getModulus().toByteArray();
        String text = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length));
        return "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"use\":\"sig\",\"alg\":\"PS256\",\"kid\":\"" + keyId
                + "\",\"n\":\"" + text + "\"}]}";
    }

    /// Hosts of one sector that nothing says is one are refused.
    @Test
    void aSectorHasToBeSure() throws IOException {
        Path folder = files(
                Files.readString(RECIPE.resolve("apis.yaml")),
                Files.readString(RECIPE.resolve("organizations.yaml"))
                        .replace(
                                "subject_type: pairwise",
                                "subject_type: pairwise\n        post_logout_redirect_uris: []")
                        .replace(
                                "redirect_uris: [\"https://localhost.emobix.co.uk:8443/test/a/ALIAS/callback\"]\n"
                                        + "        subject_type",
                                "redirect_uris: [\"https://one.example/cb\", \"https://two.example/cb\"]\n"
                                        + "        subject_type"));
        Ran ran = run(GIVEN, "apply", folder.toString(), "--show-secrets");
        assertThat(ran.exit()).isNotZero();
        assertThat(Stream.of(ran.out(), ran.err())).anyMatch(text -> text.contains("sector_identifier_uri"));
    }
}
