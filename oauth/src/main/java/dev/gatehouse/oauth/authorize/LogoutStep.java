package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.http.Reply;
import java.util.Optional;

/// What comes next at the end session endpoint (OpenID Connect RP-Initiated Logout 1.0).
public sealed interface LogoutStep {
    /// The person says whether it wants to sign out (section 2, always: GAUNTLET L06).
    ///
    /// @param ask the validated request, sealed
    /// @param client who asks, when it said so
    /// @param locales the languages that it says the person prefers (`ui_locales`)
    /// @param hinted whether an ID token of ours says so
    record Question(String ask, Optional<AskingClient> client, Optional<String> locales, boolean hinted)
            implements LogoutStep {}

    /// Back to the client, after the person has signed out.
    record Answer(Reply reply) implements LogoutStep {}

    /// The person has signed out, and nobody is told.
    record SignedOut() implements LogoutStep {}

    /// The request is none; no redirect happens.
    record Refused(int status, String error, String description) implements LogoutStep {}
}
