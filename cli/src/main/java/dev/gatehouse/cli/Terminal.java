package dev.gatehouse.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// What a command may touch besides the network and files: its streams and its environment.
record Terminal(PrintWriter out, PrintWriter err, InputStream in, Map<String, String> environment) {
    Terminal {
        environment = Map.copyOf(environment);
    }

    /// The terminal of the command line that a command belongs to.
    static Terminal of(CommandSpec spec) {
        return ((GatehouseCommand) spec.root().userObject()).terminal();
    }

    /// A variable that is set and not empty.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
