package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `bench/run`: measures, then writes the page.
public final class Main {
    private Main() {}

    /// Runs what is asked for and ends the process.
    ///
    /// @param arguments the checkout, then what the caller said
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options;
        try {
            options = Options.read(List.of(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(64);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        Path home = Path.of(arguments[0]);
        Path work = Files.createTempDirectory("gatehouse-bench");
        Bench bench = new Bench(home, work, options.brief(), out);
        Map<Scenario, Part> parts = new LinkedHashMap<>();
        for (Scenario scenario : options.scenarios()) {
            out.println(scenario.name() + ": " + scenario.title());
            Part part = run(scenario, bench);
            parts.put(scenario, part);
            out.println(Page.text(part));
        }
        if (options.brief()) {
            out.println(
                    "A short run proves that all of it works and no more: docs/reference/benchmarks.md stays as it is.");
        } else {
            Page.write(home, Machine.here(), parts);
            out.println("Written: docs/reference/benchmarks.md");
        }
        boolean failed = parts.values().stream().anyMatch(Part.Failed.class::isInstance);
        out.println("Logs are in " + work);
        System.exit(failed ? 1 : 0);
    }

    private static Part run(Scenario scenario, Bench bench) {
        List<String> missing = scenario.needs().stream().filter(Tools::missing).toList();
        if (!missing.isEmpty()) {
            return new Part.NotRun("needs " + String.join(", ", missing) + ": " + Tools.INSTALL);
        }
        if (Machine.cores() < 2) {
            return new Part.NotRun("needs two cores: one for the server, one for the load");
        }
        try {
            return scenario.run(bench);
        } catch (RuntimeException e) {
            return new Part.Failed(String.valueOf(e.getMessage()));
        }
    }
}
