package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ReferencePage;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands of docs/reference/cli.md are those of the program.
class CommandReferenceTest {
    private static final String HEAD = "| command | does |\n|---|---|\n";

    /// What every command that asks a server takes; the page says it once.
    private static final Set<String> SAID_ONCE = Set.of("connection", "output");

    @Test
    void theCommandsOfThePageAreThoseOfTheProgram() {
        ReferencePage.section("cli.md", "commands", commands());
    }

    @Test
    void everyCommandIsInIt() {
        String page = commands();
        for (String command : CommandLineTest.everyCommand()) {
            assertThat(page).contains("`" + command);
        }
        assertThat(page)
                .contains("| `key create --app APP --kind KIND --name NAME [--scope API=SCOPE]... [--whole-role]")
                .contains("| `nodes` | The nodes that serve from one database, the one that answers first. |")
                .doesNotContain("--key-file");
    }

    private static String commands() {
        Terminal terminal = new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        Map<String, CommandLine> all = GatehouseCommand.commandLine(terminal).getSubcommands();
        StringBuilder page = new StringBuilder(HEAD);
        all.forEach((name, command) -> page.append(grouped(command) ? "" : line(name, command)));
        all.forEach((name, command) -> {
            if (grouped(command)) {
                page.append("\n### `" + name + "`\n\n" + description(command) + "\n\n" + HEAD);
                below(name, command, page);
            }
        });
        return page.toString();
    }

    private static boolean grouped(CommandLine command) {
        return !command.getSubcommands().isEmpty();
    }

    private static void below(String path, CommandLine command, StringBuilder page) {
        command.getSubcommands().forEach((name, child) -> {
            if (grouped(child)) {
                below(path + " " + name, child, page);
            } else {
                page.append(line(path + " " + name, child));
            }
        });
    }

    private static String line(String path, CommandLine command) {
        String taken = taken(command.getCommandSpec());
        return "| `" + path + (taken.isEmpty() ? "" : " " + taken.replace("|", "\\|")) + "` | " + description(command)
                + " |\n";
    }

    private static String description(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().description())
                .replace("%n", " ")
                .replace("%%", "%")
                .replace("|", "\\|")
                .strip();
    }

    /// What a command takes, as one writes it: first what it must have.
    private static String taken(CommandSpec spec) {
        Set<OptionSpec> elsewhere = new LinkedHashSet<>();
        spec.mixins().forEach((name, mixin) -> {
            if (SAID_ONCE.contains(name)) {
                elsewhere.addAll(mixin.options());
            }
        });
        Set<String> hidden = elsewhere.stream().map(OptionSpec::longestName).collect(Collectors.toSet());
        List<OptionSpec> options = spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
                .filter(option -> !hidden.contains(option.longestName()))
                .toList();
        List<String> words = new ArrayList<>();
        spec.positionalParameters().stream()
                .sorted((a, b) -> Integer.compare(a.index().min(), b.index().min()))
                .map(CommandReferenceTest::word)
                .forEach(words::add);
        Stream.concat(
                        options.stream().filter(OptionSpec::required),
                        options.stream().filter(option -> !option.required()))
                .map(CommandReferenceTest::word)
                .forEach(words::add);
        return String.join(" ", words);
    }

    private static String word(ArgSpec argument) {
        String name = switch (argument) {
            case OptionSpec option when option.arity().max() == 0 -> option.longestName();
            case OptionSpec option -> option.longestName() + " " + option.paramLabel();
            case PositionalParamSpec parameter -> parameter.paramLabel();
            default -> throw new IllegalArgumentException(argument.toString());
        };
        return (argument.required() ? name : "[" + name + "]") + (argument.isMultiValue() ? "..." : "");
    }
}
