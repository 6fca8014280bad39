package dev.gatehouse.connect.authorize;

import java.util.Locale;

/// Why a browser came back without a connection: a word for the page that it is sent on to.
public enum ConnectFailure {
    /// The person said no.
    ACCESS_DENIED,
    /// The platform said that something else is wrong.
    PLATFORM_ERROR,
    /// Somebody else than the platform that the browser was sent to sent it back (GAUNTLET J03).
    WRONG_ISSUER,
    /// The platform does not take the code, or the credential that it gave for it.
    NOT_ACCEPTED,
    /// The platform gave less than a connection needs, such as no refresh token.
    INCOMPLETE,
    /// The platform cannot be asked, or no longer.
    UNAVAILABLE;

    /// The word.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
