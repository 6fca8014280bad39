package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.TokenPolicy;

/// Bounds of the times in a token, in seconds since 1970.
final class Times {
    /// The last second of the year 9999.
    static final long LAST = 253_402_300_799L;

    /// How far the clocks of nodes may be apart.
    static final long SKEW = 60;

    private Times() {}

    /// Whether a token with these times can be one of ours at all: issued (about) now or before, with a life that a
    /// policy can give (GAUNTLET E08, N04). Whether it has expired is for the decision.
    static boolean possible(long issuedAt, long expiresAt, long now) {
        return issuedAt >= 0
                && issuedAt <= LAST
                && issuedAt <= now + SKEW
                && expiresAt > issuedAt
                && expiresAt - issuedAt <= TokenPolicy.MAX_LIFE.toSeconds();
    }
}
