package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What comes next at the authorization endpoint. `ask` is the validated request, sealed for a while: nobody
/// who carries it through a page can read or change it (GAUNTLET A08, B05).
public sealed interface AuthorizeStep {
    /// The answer: back to the client, with a code or an error (RFC 6749 section 4.1.2).
    record Answer(Reply reply) implements AuthorizeStep {}

    /// The browser comes back at once to `/oauth2/authorize?ask=`, where the person can take its time and
    /// reload: the address of a pushed request is good for a moment only.
    record Onwards(String ask) implements AuthorizeStep {}

    /// The person signs in; then the browser comes back to `/oauth2/authorize?ask=`.
    ///
    /// @param loginHint the username that the client thinks of
    /// @param fresh whether the person shall prove itself now, wherever it does
    /// @param selects whether the person shall choose who it is (`prompt=select_account`)
    record SignIn(String ask, AskingClient client, Optional<String> loginHint, boolean fresh, boolean selects)
            implements AuthorizeStep {}

    /// The person says yes or no to what the client asks for.
    ///
    /// @param answersTo where the browser is sent in the end: an origin, or a scheme with its colon
    record Consent(
            String ask,
            AskingClient client,
            List<ScopeText> scopes,
            List<DetailText> details,
            Optional<String> answersTo)
            implements AuthorizeStep {
        /// Keeps copies.
        public Consent {
            scopes = List.copyOf(scopes);
            details = List.copyOf(details);
        }
    }

    /// Nothing is looked at now: too much of what comes from there was made up.
    ///
    /// @param after how long until it is again
    record Later(Duration after) implements AuthorizeStep {}

    /// Nothing that may be told to the client: who it is or where its answers go is not sure, so no redirect
    /// happens and the person sees why (RFC 6749 section 4.1.2.1).
    ///
    /// @param error a word of RFC 6749 or RFC 9101
    /// @param description for people; repeats nothing that was sent
    record Refused(int status, String error, String description) implements AuthorizeStep {}
}
