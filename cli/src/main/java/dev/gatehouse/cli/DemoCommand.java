package dev.gatehouse.cli;

import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.demo.DemoException;
import dev.gatehouse.cli.demo.DemoFile;
import dev.gatehouse.cli.demo.Rehearsal;
import dev.gatehouse.cli.demo.Tour;
import dev.gatehouse.server.config.NodeConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse demo`.
@Command(
        name = "demo",
        description =
                "Run everything in one process on SQLite, in the foreground, with an Api to try and lines to paste."
                        + " Ctrl-C ends it; starting again keeps all data.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse demo", "  gatehouse demo --port 9000 --data /tmp/demo"})
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "the first port, the others follow upward (default: 8480, or those of the last start); 0: any")
    Optional<Integer> port = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "its folder (default: .gatehouse/demo in your home folder)")
    Optional<Path> data = Optional.empty();

    @Option(names = "--train", hidden = true, description = "make the usual calls once and end")
    boolean train;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        port.filter(first -> first < 0 || first > 65_000).ifPresent(first -> {
            throw Complaint.usage("--port takes 0 to 65000");
        });
        Terminal terminal = Terminal.of(spec);
        Path folder = data.orElseGet(() -> Path.of(System.getProperty("user.home"), ".gatehouse", "demo"))
                .toAbsolutePath()
                .normalize();
        Logs.to(NodeConfig.LogFormat.TEXT, NodeConfig.LogLevel.WARN);
        try (Demo demo = Demo.start(folder, port)) {
            if (train) {
                Rehearsal.of(demo.file());
                return Exit.OK;
            }
            tell(terminal.out(), demo.file(), folder);
            Foreground.untilStopped(demo);
            return Exit.OK;
        } catch (DemoException e) {
            throw Complaint.noStart(String.valueOf(e.getMessage()));
        }
    }

    private static void tell(PrintWriter out, DemoFile file, Path folder) {
        DemoFile.DemoApi api = file.apis().getFirst();
        out.printf(
                Locale.ROOT,
                """
                Gatehouse demo, ready in %.2f s

                  Api %-10s %s   (GET /orders: orders:read, POST /orders: orders:write, GET /health: open)
                %s                  admin API      %s
                  upstream       %s
                  sample app     %s   (sign in there as alice; the password is in demo.json)
                  its page       %s/chat   (has a domain key of Inbenta's customer)
                  data           %s   (its secrets are in demo.json, which only you can read)

                Paste into another terminal:

                """,
                StartTime.seconds(),
                api.name(),
                api.base(),
                file.apis().stream()
                        .skip(1)
                        .map(other -> "  Api %-10s %s   (in the dialect of its provider)%n"
                                .formatted(other.name(), other.base()))
                        .collect(Collectors.joining()),
                file.admin().base(),
                file.upstream(),
                file.accounts().orElseThrow().app(),
                file.accounts().orElseThrow().app(),
                folder);
        out.println(Tour.of(file, folder));
        out.println("Ctrl-C ends the demo; `gatehouse demo` starts it again with the same data and ports.");
        out.flush();
    }
}
