package dev.gatehouse.oauth.endpoint;

import java.time.Duration;

/// How long what users grant lives.
public final class GrantLives {
    /// A code: long enough for a redirect (RFC 6749 section 4.1.2 allows ten minutes, FAPI 2.0 one).
    public static final Duration CODE = Duration.ofSeconds(60);

    /// A refresh token that is not used.
    public static final Duration IDLE = Duration.ofDays(14);

    /// A grant, however much it is used (GAUNTLET D09).
    public static final Duration WHOLE = Duration.ofDays(90);

    /// A refresh token that is not used, of a client's that keeps the one that it has: using it writes nothing.
    static Duration idle(boolean kept) {
        return kept ? WHOLE : IDLE;
    }

    private GrantLives() {}
}
