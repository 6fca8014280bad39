package dev.gatehouse.cli;

import dev.gatehouse.dialect.golden.Explanation;
import dev.gatehouse.dialect.golden.GoldenRun;
import dev.gatehouse.dialect.load.DialectLoader;
import dev.gatehouse.dialect.load.Loaded;
import dev.gatehouse.dialect.load.Shipped;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.yaml.Mistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse dialect ...`.
@Command(
        name = "dialect",
        description = "The wire formats of providers, as files. Talks to no server.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dialect check acme.yaml",
            "  gatehouse dialect explain acme.yaml acme/token.http",
            "  gatehouse dialect show sfs > mine.yaml"
        },
        subcommands = {DialectCommand.Check.class, DialectCommand.Explain.class, DialectCommand.Show.class})
final class DialectCommand {
    /// `gatehouse dialect check`.
    @Command(
            name = "check",
            description =
                    "Say everything that is wrong with dialect files, and run the golden files beside them: those of"
                            + " acme.yaml are acme/*.http. Exit code 5 for a file that cannot be used, 6 for a golden file that"
                            + " does not hold.",
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse dialect check acme.yaml")
    static final class Check implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "a dialect file")
        List<Path> files = List.of();

        @Override
        public Integer call() {
            PrintWriter out = Terminal.of(spec).out();
            int exit = Exit.OK;
            for (Path file : files) {
                exit = Math.max(
                        exit,
                        switch (DialectLoader.load(file.toString(), read(file))) {
                            case Loaded.Wrong(List<Mistake> mistakes) -> {
                                mistakes.forEach(mistake -> out.println(Text.line(mistake.toString())));
                                yield Exit.NO_START;
                            }
                            case Loaded.Good(Dialect dialect) -> golden(out, file, dialect);
                        });
            }
            return exit;
        }

        private static int golden(PrintWriter out, Path file, Dialect dialect) {
            List<Path> all = goldenFiles(file);
            int failed = 0;
            for (Path golden : all) {
                List<String> differences = GoldenRun.run(dialect, read(golden));
                differences.forEach(what -> out.println(Text.line(golden + ": " + what)));
                failed += differences.isEmpty() ? 0 : 1;
            }
            out.println(Text.line(file + ": dialect " + dialect.name() + ", "
                    + dialect.endpoints().size() + " endpoints, "
                    + dialect.calls().size() + " kinds of calls; "
                    + (all.size() - failed) + " of " + all.size() + " golden files hold"));
            return failed == 0 ? Exit.OK : Exit.DIFFERENT;
        }

        private static List<Path> goldenFiles(Path file) {
            Path folder = Path.of(file.toString().replaceFirst("\\.ya?ml$", ""));
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> all = Files.list(folder)) {
                return all.filter(path -> path.toString().endsWith(".http"))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw unreadable(folder, e);
            }
        }
    }

    /// `gatehouse dialect explain`.
    @Command(
            name = "explain",
            description =
                    "Show what a dialect reads in a recorded request, and what it would answer. Nothing is carried"
                            + " out: what operations give is replaced by EXAMPLE values.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse dialect explain acme.yaml acme/token.http",
                "  gatehouse dialect explain sfs request.http"
            })
    static final class Explain implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "a dialect file, or the name of one that is included")
        Path file = Path.of("");

        @Parameters(
                index = "1",
                paramLabel = "REQUEST",
                description = "a request as text: POST /path, header fields, an empty line, the body")
        Path request = Path.of("");

        @Override
        public Integer call() {
            PrintWriter out = Terminal.of(spec).out();
            String text = Shipped.text(file.toString())
                    .filter(_ -> !Files.exists(file))
                    .orElseGet(() -> read(file));
            return switch (DialectLoader.load(file.toString(), text)) {
                case Loaded.Wrong(List<Mistake> mistakes) -> {
                    mistakes.forEach(mistake -> out.println(Text.line(mistake.toString())));
                    yield Exit.NO_START;
                }
                case Loaded.Good(Dialect dialect) -> {
                    explained(dialect).lines().forEach(line -> out.println(Text.line(line)));
                    yield Exit.OK;
                }
            };
        }

        private String explained(Dialect dialect) {
            try {
                return Explanation.of(dialect, read(request)).text();
            } catch (IllegalArgumentException e) {
                throw Complaint.usage(request + ": " + e.getMessage());
            }
        }
    }

    /// `gatehouse dialect show`.
    @Command(
            name = "show",
            description = "Print a dialect that comes with Gatehouse, to read or to begin with.",
            footerHeading = "%nExamples:%n",
            footer = "  gatehouse dialect show sfs > mine.yaml")
    static final class Show implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "data2crm, inbenta, infobip, nomba or sfs")
        String name = "";

        @Override
        public Integer call() {
            Optional<String> text = Shipped.text(name);
            Terminal.of(spec)
                    .out()
                    .print(text.orElseThrow(() -> Complaint.usage(
                            "no dialect has this name; there are " + String.join(", ", Shipped.NAMES))));
            Terminal.of(spec).out().flush();
            return Exit.OK;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Complaint unreadable(Path file, IOException e) {
        return Complaint.usage(
                "cannot read " + file + " as UTF-8 text (" + e.getClass().getSimpleName() + ")");
    }
}
