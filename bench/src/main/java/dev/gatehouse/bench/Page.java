package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// docs/reference/benchmarks.md: what stands above the mark is written by hand and stays, what follows is measured.
/// What was
/// not measured now stays too when it was measured on such a machine.
final class Page {
    private static final String MARK = "<!-- measured -->";
    private static final String HEADING = "\n## ";

    private Page() {}

    static void write(Path home, Machine machine, Map<Scenario, Part> parts) throws IOException {
        Path page = home.resolve("docs/reference/benchmarks.md");
        String before = Files.readString(page);
        int mark = before.indexOf(MARK);
        if (mark < 0) {
            throw new BenchException(page + " has no line " + MARK);
        }
        String now = machine(machine);
        Map<String, String> sections = before.contains(now) ? sections(before.substring(mark)) : new HashMap<>();
        for (Map.Entry<Scenario, Part> entry : parts.entrySet()) {
            sections.put(entry.getKey().title(), section(home, entry.getKey(), entry.getValue()));
        }
        String measured = Scenarios.ALL.stream()
                .map(scenario -> sections.getOrDefault(scenario.title(), ""))
                .collect(Collectors.joining());
        Files.writeString(page, before.substring(0, mark) + MARK + "\n\n" + now + measured);
    }

    /// What was measured before, by heading.
    private static Map<String, String> sections(String measured) {
        return Arrays.stream(measured.split(HEADING, -1))
                .skip(1)
                .collect(Collectors.toMap(
                        section -> section.lines().findFirst().orElse(""),
                        section -> HEADING + section.stripTrailing() + "\n",
                        (_, last) -> last,
                        HashMap::new));
    }

    private static String section(Path home, Scenario scenario, Part part) throws IOException {
        String image = "benchmark-" + scenario.name() + ".svg";
        String plot = "";
        if (part instanceof Part.Compared compared) {
            Files.writeString(home.resolve("docs/images").resolve(image), Plot.bars(scenario.title(), compared));
            plot = "![CPU time a request](../images/" + image + ")\n\n";
        }
        return HEADING + scenario.title() + "\n\n`bench/run " + scenario.name() + "`\n\n" + plot + text(part);
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
