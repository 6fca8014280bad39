package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files of the guide to the conformance suite.
class ConformanceRecipeTest extends FilesAndServer {
    private static final Path RECIPE = Path.of("../docs/guides/conformance");

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
