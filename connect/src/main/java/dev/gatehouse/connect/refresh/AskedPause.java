package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.RetryHint;
import dev.gatehouse.egress.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// For how long a platform asks to be left alone: `Retry-After` in seconds (RFC 9110 section 10.2.3), or what its
/// file says in its place on an answer that says so of a limit: headers about limits are on every other answer too,
/// where they put nothing off. A moment counts from what the platform's own clock says (`Date`), since clocks
/// differ.
public final class AskedPause {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final Duration LONGEST = Duration.ofHours(1);

    private AskedPause() {}

    /// At most an hour; empty where it asks for nothing that can be read.
    public static Optional<Duration> of(Platform platform, Fetched.Answer answer) {
        return seconds(answer, "Retry-After")
                .map(Duration::ofSeconds)
                .or(() ->
                        platform.retry().filter(_ -> limited(platform, answer)).flatMap(hint -> hinted(hint, answer)))
                .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    }

    /// Whether the platform says that a limit of its own is used up: by 429 (RFC 6585 section 4), or by 403 and no
    /// call left where its file names that header.
    public static boolean limited(Platform platform, Fetched.Answer answer) {
        return answer.status() == 429
                || (answer.status() == 403
                        && platform.retry()
                                .flatMap(RetryHint::left)
                                .flatMap(answer::only)
                                .filter("0"::equals)
                                .isPresent());
    }

    private static Optional<Duration> hinted(RetryHint hint, Fetched.Answer answer) {
        Optional<Long> said = seconds(answer, hint.header());
        return hint.moment()
                ? said.flatMap(moment -> answer.only("Date")
                        .flatMap(AskedPause::date)
                        .map(now -> Duration.between(now, Instant.ofEpochSecond(moment)))
                        .filter(pause -> !pause.isNegative()))
                : said.map(Duration::ofSeconds);
    }

    private static Optional<Long> seconds(Fetched.Answer answer, String header) {
        return answer.only(header)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(Long::valueOf);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
