package dev.gatehouse.core.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in the audit trail, newest first: what follows it is older. As text it is the `next` of a page.
public record AuditMark(Instant at, long position) {
    private static final Pattern TEXT = Pattern.compile("(-?[0-9]{1,18})\\.([0-9]{1,18})");

    /// The place of a row.
    public static AuditMark of(AuditRow row) {
        return new AuditMark(row.at(), row.position());
    }

    /// Reads the text of a place.
    public static Optional<AuditMark> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new AuditMark(
                        Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS),
                        Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /// Its one spelling.
    public String text() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + position;
    }
}
