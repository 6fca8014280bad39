package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The load generator for single requests.
final class Wrk {
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m)\\b");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private Wrk() {}

    static Outcome run(Bench bench, Load load, Duration time, int connections) {
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + time.toSeconds() + "s", "--timeout", "30s", "--latency"));
        load.headerLines().forEach(line -> command.addAll(List.of("-H", line)));
        if (!load.script().isEmpty()) {
            command.addAll(List.of("-s", script(bench, load.script())));
        }
        command.add(load.url());
        try (Child child = Child.start("wrk", Bench.REST, bench.work(), Map.of(), command)) {
            child.awaitEnd(time.plusSeconds(60));
            return read(child.output());
        }
    }

    private static String script(Bench bench, String text) {
        try {
            return Files.writeString(bench.work().resolve("wrk.lua"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What wrk says at its end.
    static Outcome read(String text) {
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new BenchException("wrk did not end well: " + text);
        }
        long failed = 0;
        Matcher refused = REFUSED.matcher(text);
        if (refused.find()) {
            failed += Long.parseLong(refused.group(1));
        }
        Matcher broken = BROKEN.matcher(text);
        if (broken.find()) {
            for (int i = 1; i <= 4; i++) {
                failed += Long.parseLong(broken.group(i));
            }
        }
        return new Outcome(
                Long.parseLong(total.group(1)),
                failed,
                micros(total.group(2), total.group(3)) / 1e6,
                percentile(text, "50%"),
                percentile(text, "99%"));
    }

    private static double percentile(String text, String which) {
        Matcher line =
                Pattern.compile("\\s" + which + "\\s+([\\d.]+)(us|ms|s|m)\\b").matcher(text);
        if (!line.find()) {
            throw new BenchException("wrk told no latency at " + which);
        }
        return micros(line.group(1), line.group(2));
    }

    private static double micros(String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (unit) {
            case "us" -> value;
            case "ms" -> value * 1e3;
            case "s" -> value * 1e6;
            case "m" -> value * 60e6;
            default -> throw new BenchException("wrk told an unknown unit " + unit);
        };
    }
}
