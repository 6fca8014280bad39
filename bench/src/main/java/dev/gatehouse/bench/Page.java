package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// docs/reference/benchmarks.md: what stands above the mark is written by hand and stays, what follows is measured.
final class Page {
    private static final String MARK = "<!-- measured -->";

    private Page() {}

    static void write(Path home, Machine machine, Map<Scenario, Part> parts) throws IOException {
        Path page = home.resolve("docs/reference/benchmarks.md");
        String before = Files.readString(page);
        int mark = before.indexOf(MARK);
        if (mark < 0) {
            throw new BenchException(page + " has no line " + MARK);
        }
        StringBuilder out =
                new StringBuilder(before.substring(0, mark)).append(MARK).append("\n\n");
        out.append(machine(machine));
        for (Map.Entry<Scenario, Part> entry : parts.entrySet()) {
            Scenario scenario = entry.getKey();
            out.append("\n## ")
                    .append(scenario.title())
                    .append("\n\n`bench/run ")
                    .append(scenario.name())
                    .append("`\n\n");
            String image = "benchmark-" + scenario.name() + ".svg";
            if (entry.getValue() instanceof Part.Compared compared) {
                Files.writeString(home.resolve("docs/images").resolve(image), Plot.bars(scenario.title(), compared));
                out.append("![CPU time a request](../images/").append(image).append(")\n\n");
            }
            out.append(text(entry.getValue()));
        }
        Files.writeString(page, out.toString());
    }

    private static String machine(Machine machine) {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %.0f GB, %s; %s; %s; %s. Server on processor 0, load, upstream and PostgreSQL on"
                        + " processor 1.\n",
                machine.processor(),
                machine.processors(),
                machine.memoryBytes() / 1e9,
                machine.kernel(),
                machine.jdk(),
                machine.wrk(),
                machine.nginx());
    }

    /// A part as Markdown.
    static String text(Part part) {
        return switch (part) {
            case Part.Compared compared -> compared(compared);
            case Part.Table(var head, var lines, var notes) -> table(head, lines) + notes(notes);
            case Part.NotRun(String why) -> "Not run: " + why + ".\n";
            case Part.Failed(String why) -> "Failed: " + why.strip() + "\n";
        };
    }

    private static String compared(Part.Compared part) {
        double yardstick = part.rows().stream()
                .filter(row -> row.label().equals(part.yardstick()))
                .mapToDouble(row -> row.cpuMicros().median())
                .findFirst()
                .orElse(Double.NaN);
        List<List<String>> lines = part.rows().stream()
                .map(row -> List.of(
                        row.label(),
                        number("%.1f", row.cpuMicros().median()),
                        number("%.1f", row.cpuMicros().least()) + " to "
                                + number("%.1f", row.cpuMicros().most()),
                        number("%.2f", row.cpuMicros().median() / yardstick),
                        number("%,.0f", row.perSecond().median()),
                        number("%,.0f", row.p50Micros().median()),
                        number("%,.0f", row.p99Micros().median())))
                .toList();
        return table(
                        List.of(
                                "server",
                                "CPU a request, µs",
                                "least to most",
                                "beside " + part.yardstick(),
                                "requests/s",
                                "p50, µs",
                                "p99, µs"),
                        lines)
                + notes(part.notes());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String table(List<String> head, List<List<String>> lines) {
        StringBuilder out = new StringBuilder(line(head));
        out.append(head.stream().map(_ -> "---").collect(Collectors.joining("|", "|", "|\n")));
        lines.forEach(cells -> out.append(line(cells)));
        return out.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String notes(List<String> notes) {
        return notes.stream().map(note -> "\n" + note + "\n").collect(Collectors.joining());
    }
}
