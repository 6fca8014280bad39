package dev.gatehouse.cli;

import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.yaml.Mistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse platform ...`.
@Command(
        name = "platform",
        description = "The platforms that connections are made to, as files. Talks to no server.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse platform list",
            "  gatehouse platform show Pipedrive > mine.yaml",
            "  gatehouse platform check mine.yaml"
        },
        subcommands = {PlatformCommand.Check.class, PlatformCommand.All.class, PlatformCommand.Show.class})
final class PlatformCommand {
    /// `gatehouse platform check`.
    @Command(
            name = "check",
            description = "Say everything that is wrong with platform files. Exit code 5 for one that cannot be used.",
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse platform check mine.yaml")
    static final class Check implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "a platform file")
        List<Path> files = List.of();

        @Override
        public Integer call() {
            PrintWriter out = Terminal.of(spec).out();
            int exit = Exit.OK;
            for (Path file : files) {
                switch (PlatformLoader.load(file.toString(), read(file))) {
                    case Loaded.Good(Platform platform) ->
                        out.println(Text.line(file + ": platform " + line(platform)));
                    case Loaded.Wrong(List<Mistake> mistakes) -> {
                        mistakes.forEach(mistake -> out.println(Text.line(mistake.toString())));
                        exit = Exit.NO_START;
                    }
                }
            }
            return exit;
        }
    }

    /// `gatehouse platform list`.
    @Command(
            name = "list",
            description = "List the platforms that come with Gatehouse, and how each is connected to.",
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse platform list")
    static final class All implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            PrintWriter out = Terminal.of(spec).out();
            Catalogue.shipped().platforms().forEach(platform -> out.println(Text.line(line(platform))));
            return Exit.OK;
        }
    }

    /// `gatehouse platform show`.
    @Command(
            name = "show",
            description = "Print the file of a platform that comes with Gatehouse, to read or to begin with.",
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse platform show Pipedrive > mine.yaml")
    static final class Show implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "TYPE", description = "one of those that `gatehouse platform list` names")
        String type = "";

        @Override
        public Integer call() {
            String text = Catalogue.shippedText(type)
                    .orElseThrow(() -> Complaint.usage(
                            "no platform has this type; `gatehouse platform list` names those that there are"));
            PrintWriter out = Terminal.of(spec).out();
            out.print(text);
            out.flush();
            return Exit.OK;
        }
    }

    private static String line(Platform platform) {
        String ways = platform.ways().keySet().stream()
                .sorted()
                .map(ConnectionKind::wire)
                .collect(Collectors.joining(", "));
        return platform.type() + " (" + platform.title() + "): " + ways;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Complaint.usage(
                    "cannot read " + file + " as UTF-8 text (" + e.getClass().getSimpleName() + ")");
        }
    }
}
