package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    record Ran(int exit, String out, String err) {}

    static Ran run(Map<String, String> environment, String in, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                environment);
        return new Ran(GatehouseCommand.run(terminal, arguments), out.toString(), err.toString());
    }

    private static Ran run(String... arguments) {
        return run(Map.of(), "", arguments);
    }

    static List<String> everyCommand() {
        List<String> all = new ArrayList<>();
        Terminal terminal = new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        collect("", GatehouseCommand.commandLine(terminal), all);
        return all;
    }

    private static void collect(String path, CommandLine command, List<String> all) {
        command.getSubcommands().forEach((name, below) -> {
            all.add((path + " " + name).strip());
            collect(path + " " + name, below, all);
        });
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandExplainsItself(String command) {
        String[] arguments = (command + " --help").split(" ", -1);
        Ran ran = run(arguments);
        assertThat(ran.exit()).isEqualTo(Exit.OK);
        assertThat(ran.out()).contains("Usage: gatehouse " + command.split(" ", -1)[0]);
    }

    @Test
    void theCompletionScriptIsOneThatBashCanReadAndKnowsTheCommands() throws IOException, InterruptedException {
        Ran ran = run("completion");
        assertThat(ran.exit()).isEqualTo(Exit.OK);
        assertThat(ran.out()).contains("complete -F", "doctor", "suspend");
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter()) {
            in.write(ran.out());
        }
        assertThat(bash.inputReader().readLine()).isNull();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void theDoctorSaysWhatIsWrongAndWhatToDo(@TempDir Path folder) throws IOException {
        Path keys = Files.writeString(folder.resolve("gatehouse.keys"), "{}");
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(keys, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
        Ran ran = run("doctor", "--set", "data=" + folder, "--set", "listeners.api.port=0");
        assertThat(ran.exit()).isEqualTo(Exit.NO_START);
        assertThat(ran.out()).contains("wrong", "key file", "chmod 600 " + keys);
    }

    @Test
    void helpWithoutACommandTeaches() {
        assertThat(run("--help").out()).contains("gatehouse demo", "Exit codes: 0 done", "3 refused by the server");
    }

    @ParameterizedTest
    @CsvSource({"dmeo,demo", "srve,serve", "tokne,token", "audti,audit"})
    void anUnknownCommandNamesTheNearest(String typed, String meant) {
        Ran ran = run(typed);
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("Did you mean").contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org",
                "org get",
                "org get x_1 --key-file /nowhere",
                "key create --app app_1",
                "org list --output xml",
                "demo --port 70000",
                "demo --port -1",
                "token",
                "token --issuer http://127.0.0.1:1",
                "whoami",
                "key create --app app_1 --kind secret --name a --scope orders",
                "org schedule org_1"
            })
    void aWrongCommandLineIsExitTwo(String line) {
        Ran ran = run(line.split(" ", -1));
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).isNotEmpty().doesNotContain("Exception");
    }

    @Test
    void withoutAKeyTheNextStepIsNamed() {
        assertThat(run("org", "list").err()).contains("GATEHOUSE_KEY").contains("gatehouse bootstrap");
    }

    @Test
    void nobodyAnsweringIsExitFour() {
        Ran ran = run(Map.of("GATEHOUSE_KEY", "ghk_live_x"), "", "whoami", "--url", "http://127.0.0.1:1");
        assertThat(ran.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(ran.err()).contains("nothing answers at http://127.0.0.1:1").doesNotContain("ghk_live_x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\nb\n"})
    void aSecretIsOneLine(String in) {
        Ran ran = run(Map.of(), in, "whoami", "--key-file", "-");
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("must hold one line").doesNotContain("a\nb");
    }

    @Test
    void aFolderWithoutADemoIsNamed(@TempDir Path folder) {
        Ran ran = run("org", "list", "--demo", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("there is no demo in " + folder);
    }

    @Test
    void aWrongConfigurationStopsWithTheNearestKey(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), "dta: x\n");
        Ran ran = run("config", "--config", file.toString());
        assertThat(ran.exit()).isEqualTo(Exit.NO_START);
        assertThat(ran.err()).contains("did you mean data?");
        assertThat(run("serve", "--config", folder.resolve("none").toString()).exit())
                .isEqualTo(Exit.NO_START);
    }

    @Test
    void theClientsOwnVariablesAreNoConfiguration() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_URL", "http://127.0.0.1:1",
                "GATEHOUSE_KEY", "ghk_live_x",
                "GATEHOUSE_DATA", "/somewhere");
        Ran ran = run(environment, "", "config", "-o", "json");
        assertThat(ran.exit()).isEqualTo(Exit.OK);
        assertThat(ran.out())
                .contains("/somewhere", "environment GATEHOUSE_DATA")
                .doesNotContain("ghk_live_x");
    }

    @Test
    void bootstrapSaysHowToGetTheFirstKey() {
        assertThat(run("bootstrap").out()).contains("no default password", "--renew");
    }
}
