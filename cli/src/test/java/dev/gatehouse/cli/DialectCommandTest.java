package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectCommandTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir
    private Path folder;

    private static CommandLineTest.Ran run(String... arguments) {
        return CommandLineTest.run(Map.of(), "", arguments);
    }

    @Test
    void theGuideRunsAsItIsWritten() throws IOException, InterruptedException {
        var script = BLOCK.matcher(Files.readString(Path.of("../docs/guides/dialects.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        var out = folder.resolve("out");
        var bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        bash.environment().put("PATH", launcher() + ":" + System.getenv("PATH"));
        assertThat(bash.start().waitFor()).as(() -> content(out)).isZero();
        assertThat(out).content().contains("dialect parcelo, 2 endpoints, 2 kinds of calls; 3 of 3 golden files hold");
    }

    @Test
    void theMistakeOfTheGuideIsToldAsItSays() throws IOException {
        var guide = Files.readString(Path.of("../docs/guides/dialects.md"));
        var yaml = BLOCK.matcher(guide)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("> parcelo.yaml"))
                .map(block -> block.substring(block.indexOf('\n') + 1, block.indexOf("EOF\n", block.indexOf('\n'))))
                .collect(Collectors.joining());
        var file = Files.writeString(folder.resolve("parcelo.yaml"), yaml.replace("do: issue", "do: isue"));
        var ran = run("dialect", "check", file.toString());
        assertThat(ran.exit()).isEqualTo(Exit.NO_START);
        assertThat(ran.out())
                .contains(
                        "parcelo.yaml:14:9: no operation \"isue\" (did you mean issue?); allowed here: issue, delegate, renew,");
    }

    @Test
    void aGoldenFileThatDoesNotHoldIsNamedWithWhatDiffers() throws IOException {
        var file = Files.writeString(
                folder.resolve("mine.yaml"), run("dialect", "show", "sfs").out());
        Files.createDirectory(folder.resolve("mine"));
        Files.writeString(
                folder.resolve("mine/call.http"),
                "GET /x\nAuthorization: Bearer T\n\n### reads call\naccess-token: OTHER\n");
        var ran = run("dialect", "check", file.toString());
        assertThat(ran.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(ran.out())
                .contains("call.http: what is presented: expected {access-token=OTHER}, found {access-token=T}");
    }

    @Test
    void anIncludedDialectExplainsARequest() throws IOException {
        var request = Files.writeString(folder.resolve("call.http"), "GET /v1/contact\nX-API2CRM-USER-KEY: U\n");
        var ran = run("dialect", "explain", "data2crm", request.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("reads: refused unauthenticated", "  401", "SERVICE_UNAUTHORIZED");
    }

    /// A command `gatehouse` that runs the classes under test.
    private Path launcher() throws IOException {
        var bin = Files.createDirectory(folder.resolve("bin"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = Files.writeString(
                bin.resolve("gatehouse"),
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                        + System.getProperty("java.class.path") + "' dev.gatehouse.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
