package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.platform.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformCommandTest {
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @TempDir
    private Path folder;

    private static CommandLineTest.Ran run(String... arguments) {
        return CommandLineTest.run(Map.of(), "", arguments);
    }

    private static String guide() throws IOException {
        var matcher = YAML.matcher(Files.readString(Path.of("../docs/guides/platforms.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void theFileOfTheGuideHasNoMistake() throws IOException {
        var file = Files.writeString(folder.resolve("parcelo.yaml"), guide());
        var ran = run("platform", "check", file.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("platform Parcelo (Parcelo): key, oauth_internal");
    }

    @Test
    void mistakesAreToldWithTheirPlace() throws IOException {
        var file = Files.writeString(folder.resolve("parcelo.yaml"), guide().replace("rotates:", "rotate:"));
        var ran = run("platform", "check", file.toString());
        assertThat(ran.exit()).isEqualTo(Exit.NO_START);
        assertThat(ran.out()).contains("parcelo.yaml:23:3: no key \"rotate\" (did you mean rotates?); allowed here: ");
    }

    @Test
    void whatIsShownIsAGoodFileOfThatType() throws IOException {
        for (String type : Catalogue.shippedTypes()) {
            var shown = run("platform", "show", type);
            assertThat(shown.exit()).isZero();
            assertThat(shown.out()).startsWith("platform: " + type + "\n");
        }
        assertThat(run("platform", "show", "salesforce").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void listNamesEveryPlatformAndItsWays() {
        var ran = run("platform", "list");
        assertThat(ran.out().lines()).hasSize(Catalogue.shippedTypes().size());
        assertThat(ran.out())
                .contains("Salesforce (Salesforce): oauth_internal, oauth_external, client_credentials, jwt_bearer\n")
                .contains("Swish (Swish): certificate\n");
    }
}
