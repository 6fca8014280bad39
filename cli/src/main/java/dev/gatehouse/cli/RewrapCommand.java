package dev.gatehouse.cli;

import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Rewrapping;
import dev.gatehouse.server.config.NodeConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse keys rewrap`.
@Command(
        name = "rewrap",
        description = {
            "Encrypt everything in the database under a new key-encryption key, which is added to the key file.",
            "Needs the node's database and key file; with SQLite the node must be stopped. Stopped halfway, run it again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse keys rewrap --config gatehouse.yaml",
            "  gatehouse keys rewrap --config gatehouse.yaml --drop-old    then the old key is worth nothing",
            "",
            "Several nodes: --prepare on one, copy the key file to all, rewrap on that one, copy again, then --drop-old",
            "and copy once more."
        })
final class RewrapCommand implements Callable<Integer> {
    @Mixin
    NodeOptions options = new NodeOptions();

    static final class Step {
        @Option(names = "--prepare", description = "only add the new key to the key file, without using it yet")
        boolean prepare;

        @Option(
                names = "--drop-old",
                description = "take the old keys out of the key file; refused while one is in use")
        boolean dropOld;
    }

    @ArgGroup
    Step step = new Step();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        NodeConfig config = options.load(terminal);
        Logs.to(config.log().format(), NodeConfig.LogLevel.WARN);
        Environment environment = Environment.ofSystem();
        if (step.prepare) {
            Rewrapping.prepare(config, environment);
            terminal.out()
                    .println("The new key is in " + config.keyFile() + ", not used yet. Copy the file to all nodes.");
        } else if (step.dropOld) {
            Rewrapping.dropOld(config, environment);
            terminal.out()
                    .println("Only the current key is left in " + config.keyFile() + ". Copy the file to all nodes.");
        } else {
            int rows = Rewrapping.run(config, environment);
            terminal.out()
                    .println(rows + " rows are encrypted anew. Back up " + config.keyFile()
                            + "; restart running nodes that have no copy of it, then --drop-old.");
        }
        return Exit.OK;
    }
}
