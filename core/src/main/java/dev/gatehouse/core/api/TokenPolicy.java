package dev.gatehouse.core.api;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// How an Api's access tokens are made.
///
/// @param algorithm used by the `jwt` format only
/// @param life how long a token lives that nobody asked another life for; whole seconds, from 1 second to 24
///     hours
/// @param least the shortest life that can be asked for
/// @param most the longest one
public record TokenPolicy(
        TokenFormat format, SigningAlgorithm algorithm, Duration life, Duration least, Duration most) {
    /// What can be asked for where nothing is said: a shorter life, not a longer one.
    public TokenPolicy(TokenFormat format, SigningAlgorithm algorithm, Duration life) {
        this(format, algorithm, life, SHORTEST, life);
    }

    /// The shortest life that can be set.
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /// The longest life that can be set.
    public static final Duration MAX_LIFE = Duration.ofHours(24);

    /// The longest life of a token that was issued for a domain key, whatever the Api says: anybody can read it
    /// in a page.
    public static final Duration MAX_PAGE_LIFE = Duration.ofMinutes(20);

    /// For how long tokens may be renewed one after the other, from the issue of the first.
    public static final Duration MAX_RENEWAL = Duration.ofHours(8);

    /// Sealed tokens of 15 minutes.
    public static final TokenPolicy DEFAULT =
            new TokenPolicy(TokenFormat.SEALED, SigningAlgorithm.ES256, Duration.ofMinutes(15));

    /// Checks the bounds.
    public TokenPolicy {
        if (!possible(life) || !possible(least) || !possible(most) || !ordered(least, life, most)) {
            throw new IllegalArgumentException(
                    "tokens live whole seconds between 1 second and 24 hours, at least the least and at most the most");
        }
    }

    private static boolean possible(Duration life) {
        return ordered(SHORTEST, life, MAX_LIFE)
                && life.truncatedTo(ChronoUnit.SECONDS).equals(life);
    }

    /// Whether a life is between two others, or one of them.
    public static boolean ordered(Duration least, Duration life, Duration most) {
        return life.compareTo(least) >= 0 && life.compareTo(most) <= 0;
    }

    /// The life that is asked for, or the one of those that can be had which is next to it.
    public Duration bounded(Duration asked) {
        Duration atMost = asked.compareTo(most) > 0 ? most : asked;
        return atMost.compareTo(least) < 0 ? least : atMost;
    }
}
