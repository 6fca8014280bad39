package dev.gatehouse.connect.refresh;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long a platform is left alone after an attempt that came to nothing: twice as long each time, up to about
/// five minutes, and never for all connections alike: by half less or more.
record Backoff(RandomGenerator random) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;

    /// @param failures in a row before this one
    /// @param asked what the platform asked for, which is the least
    Duration after(int failures, Optional<Duration> asked) {
        Duration doubled = FIRST.multipliedBy(1L << Math.clamp(failures, 0, DOUBLINGS));
        Duration most = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        Duration drawn = Duration.ofMillis(most.toMillis() / 2 + random.nextLong(most.toMillis()));
        return asked.filter(least -> least.compareTo(drawn) > 0).orElse(drawn);
    }
}
