package dev.gatehouse.connect.platform;

import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Spot;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long something lasts: `90s`, `30m`, `24h`, `30d`.
final class Spans {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([smhd])");

    private Spans() {}

    static Optional<Duration> read(String text, Spot spot, Mistakes mistakes) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            mistakes.add(spot, "a duration stands here: 90s, 30m, 24h, 30d");
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
