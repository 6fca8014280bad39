package dev.gatehouse.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where the process begins and ends.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its [Exit] code.
    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.in,
                System.getenv());
        System.exit(GatehouseCommand.run(terminal, arguments));
    }
}
