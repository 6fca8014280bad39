package dev.gatehouse.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// How long receipts took, by what was revoked: for people, never for an assertion.
final class Times {
    private final Map<String, List<Duration>> byKind = new TreeMap<>();

    void add(String kind, Duration took) {
        byKind.computeIfAbsent(kind, _ -> new CopyOnWriteArrayList<>()).add(took);
    }

    /// Prints the distribution and writes it to `target/receipts`.
    void report(String name) throws IOException {
        StringBuilder table = new StringBuilder(
                "%-24s %6s %8s %8s %8s %8s%n".formatted(name, "count", "p50 ms", "p90 ms", "p99 ms", "max ms"));
        byKind.forEach((kind, times) -> {
            List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
            table.append(String.format(
                    Locale.ROOT,
                    "%-24s %6d %8d %8d %8d %8d%n",
                    kind,
                    sorted.size(),
                    at(sorted, 50),
                    at(sorted, 90),
                    at(sorted, 99),
                    sorted.getLast()));
        });
        System.out.print(table);
        Path folder = Files.createDirectories(Path.of("target", "receipts"));
        Files.writeString(folder.resolve(name + ".txt"), table);
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
