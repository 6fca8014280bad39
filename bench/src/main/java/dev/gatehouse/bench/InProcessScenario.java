package dev.gatehouse.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// Verification and minting in one process, by JMH.
final class InProcessScenario implements Scenario {
    private static final Map<String, String> LABELS = Map.of(
            "verifyApiKey", "verify an API key",
            "verifySealedToken", "verify a `sealed` token",
            "verifyJwt", "verify a `jwt` whose signature was checked before",
            "mintSealedToken", "check a client and mint a `sealed` token",
            "mintJwt", "check a client and mint a `jwt` (ES256)",
            "bareSignatureES256", "an ES256 signature alone",
            "infobip", "read a call in the dialect of Infobip",
            "inbenta", "read a call in the dialect of Inbenta");

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public String title() {
        return "Verifying and minting in process";
    }

    @Override
    public List<String> needs() {
        return List.of("taskset");
    }

    @Override
    public Part run(Bench bench) {
        Path folder = bench.work().resolve("in-process");
        Installation made;
        try (Node node = Node.start(bench, folder, new Database.Sqlite())) {
            made = Installation.make(node, "http://127.0.0.1:9");
        }
        TimeValue time = TimeValue.seconds(bench.brief() ? 1 : 3);
        OptionsBuilder options = new OptionsBuilder();
        options.include(InProcess.class.getName())
                .include(InDialects.class.getName())
                .forks(1)
                .threads(1)
                .warmupIterations(bench.brief() ? 2 : 5)
                .warmupTime(time)
                .measurementIterations(bench.brief() ? 2 : 5)
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(
                        "-XX:+UseG1GC",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dgatehouse.bench.data=" + folder.resolve("data"),
                        "-Dgatehouse.bench.key=" + made.apiKey(),
                        "-Dgatehouse.bench.secret=" + made.clientSecret());
        List<List<String>> lines = new ArrayList<>();
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                Statistics nanos = result.getPrimaryResult().getStatistics();
                String method = result.getPrimaryResult().getLabel();
                lines.add(List.of(
                        LABELS.getOrDefault(method, method),
                        micros(nanos.getPercentile(50)),
                        micros(nanos.getPercentile(99)),
                        micros(nanos.getMean())));
            }
        } catch (RunnerException e) {
            throw new BenchException("JMH did not run", e);
        }
        return new Part.Table(
                List.of("", "p50, µs", "p99, µs", "mean, µs"),
                lines,
                List.of(
                        "One thread, facts in memory, no I/O. The bar is a p99 below 50 µs. What a dialect adds to a verification is"
                                + " reading the call, below 5 µs."));
    }

    private static String micros(double nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1000);
    }
}
