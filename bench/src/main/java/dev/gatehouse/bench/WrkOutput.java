package dev.gatehouse.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What wrk says at its end.
///
/// @param requests that were answered
/// @param failed answers outside 2xx and 3xx, and broken connections
/// @param seconds that it ran
/// @param p50Micros median latency, the queue of the connections included
record WrkOutput(long requests, long failed, double seconds, double p50Micros, double p99Micros) {
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m)\\b");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    static WrkOutput read(String text) {
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
        return new WrkOutput(
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
