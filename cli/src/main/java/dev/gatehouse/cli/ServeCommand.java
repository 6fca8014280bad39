package dev.gatehouse.cli;

import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.config.NodeConfig;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatehouse serve`.
@Command(
        name = "serve",
        description =
                "Run a node in the foreground. The first start on an empty database prints one bootstrap key, once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse serve                           SQLite in ./data, Apis on 127.0.0.1:8080, admin API on 8081",
            "  gatehouse serve --config gatehouse.yaml",
            "  gatehouse serve --set data=/var/lib/gatehouse --set log.format=json"
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    NodeOptions options = new NodeOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        NodeConfig config = options.load(terminal);
        Logs.to(config.log().format(), config.log().level());
        try (Gatehouse gatehouse = Gatehouse.start(config, Environment.ofSystem())) {
            tell(terminal.out(), config, gatehouse);
            Foreground.untilStopped(gatehouse);
            return Exit.OK;
        }
    }

    private static void tell(PrintWriter out, NodeConfig config, Gatehouse gatehouse) {
        out.printf(Locale.ROOT, "Gatehouse, ready in %.2f s%n", StartTime.seconds());
        for (NodeConfig.Listener listener : config.listeners()) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s %s port %d (%s)%n",
                    listener.name(),
                    listener.address().getHostAddress(),
                    gatehouse.port(listener.name()),
                    listener.serves().name().toLowerCase(Locale.ROOT));
        }
        gatehouse.bootstrapKey().ifPresent(key -> {
            out.println();
            out.println("This is the first start. The bootstrap key, valid for 24 hours, shown now and never again:");
            out.println();
            out.println("  " + key.reveal());
            out.println();
            out.println("`gatehouse bootstrap` says what to do with it.");
        });
        out.flush();
    }
}
