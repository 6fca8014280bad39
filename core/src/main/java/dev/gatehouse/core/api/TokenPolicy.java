package dev.gatehouse.core.api;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// How an Api's access tokens are made.
///
/// @param algorithm used by the `jwt` format only
/// @param life how long a token lives; whole seconds, from 1 second to 24 hours
public record TokenPolicy(TokenFormat format, SigningAlgorithm algorithm, Duration life) {
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

    /// Checks the bounds of the life.
    public TokenPolicy {
        if (life.compareTo(Duration.ofSeconds(1)) < 0
                || life.compareTo(MAX_LIFE) > 0
                || !life.truncatedTo(ChronoUnit.SECONDS).equals(life)) {
            throw new IllegalArgumentException("a token lives whole seconds between 1 second and 24 hours");
        }
    }
}
