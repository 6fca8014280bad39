package dev.gatehouse.core.limit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often something may be done: so many requests in so many seconds, evenly, and so many at once after a
/// pause.
///
/// @param requests in `seconds`, on average
/// @param burst the most at once; a caller that was silent may send as many without waiting
public record Rate(long requests, long seconds, long burst) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,7})/([0-9]{1,5}) ([0-9]{1,7})");
    private static final long NANOS = 1_000_000_000;

    /// The most requests, and the largest burst.
    public static final long MAX_REQUESTS = 1_000_000;

    /// The longest time that requests are counted in: a day.
    public static final long MAX_SECONDS = 86_400;

    /// The longest pause after which a whole burst is there again: 30 days.
    public static final long MAX_PAUSE_SECONDS = 2_592_000;

    /// Checks the bounds.
    public Rate {
        if (!possible(requests, seconds, burst)) {
            throw new IllegalArgumentException("a rate is out of bounds");
        }
    }

    /// Whether there is a rate of these numbers.
    public static boolean possible(long requests, long seconds, long burst) {
        return requests >= 1
                && requests <= MAX_REQUESTS
                && seconds >= 1
                && seconds <= MAX_SECONDS
                && burst >= 1
                && burst <= MAX_REQUESTS
                && burst * seconds <= MAX_PAUSE_SECONDS * requests;
    }

    /// Whether whoever keeps to this rate keeps to the other one, too.
    public boolean within(Rate other) {
        return requests * other.seconds <= other.requests * seconds && burst <= other.burst;
    }

    /// The form in storage and audit rows: `40/1 80` for 40 requests a second with a burst of 80.
    public String text() {
        return requests + "/" + seconds + " " + burst;
    }

    /// The reverse of [#text()]; empty for anything else.
    public static Optional<Rate> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long requests = Long.parseLong(matcher.group(1));
        long seconds = Long.parseLong(matcher.group(2));
        long burst = Long.parseLong(matcher.group(3));
        return possible(requests, seconds, burst) ? Optional.of(new Rate(requests, seconds, burst)) : Optional.empty();
    }

    /// The nanoseconds after which one more is allowed; at least 1000, since there are at most a million a
    /// second.
    long intervalNanos() {
        return seconds * NANOS / requests;
    }

    /// The nanoseconds after which an empty bucket is full.
    long fullNanos() {
        return intervalNanos() * burst;
    }
}
