package dev.gatehouse.cli;

import dev.gatehouse.server.Preload;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Where the process begins and ends.
public final class Main {
    /// Jetty would start the JVM's management server to ask how many references fill a cache line of the
    /// processor: a tenth of a start.
    private static final String REFERENCES = "org.eclipse.jetty.util.referencesPerCacheLine";

    /// Nothing that Gatehouse writes depends on the locale data of the JDK, and reading it is a tenth of a start
    /// (Jetty lists all locales). Only providers of others are asked then, of which there are none.
    private static final String LOCALES = "java.locale.providers";

    /// The commands that start a node.
    private static final Set<String> SERVERS = Set.of("demo", "serve");

    private Main() {}

    /// Runs one command and ends the process with its [Exit] code. An [Error] ends it too: the threads of a server
    /// half started would keep it for ever.
    public static void main(String[] arguments) {
        System.setProperty(REFERENCES, System.getProperty(REFERENCES, "16"));
        System.setProperty(LOCALES, System.getProperty(LOCALES, "SPI"));
        if (arguments.length > 0 && SERVERS.contains(arguments[0])) {
            Preload.begin();
        }
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.in,
                System.getenv());
        int exit = Exit.BUG;
        try {
            exit = GatehouseCommand.run(terminal, arguments);
        } catch (Error broken) {
            broken.printStackTrace(terminal.err());
        }
        Logs.end();
        System.exit(exit);
    }
}
