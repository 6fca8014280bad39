package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.List;

/// Who is signed in in the browser that asks, as a verdict on its session found it.
///
/// @param session the open login
/// @param authenticated when the person last proved itself (`auth_time`)
/// @param methods how (RFC 8176 `amr`)
public record SignedIn(Id user, Id session, Instant authenticated, List<String> methods) {
    /// Keeps a copy.
    public SignedIn {
        methods = List.copyOf(methods);
    }

    /// Whether the person was asked to prove itself when the session was opened. A provider of others may have let
    /// it in without, because it was signed in there.
    public boolean asked() {
        return asked(methods);
    }

    /// The same of a session that was opened in these ways.
    public static boolean asked(List<String> methods) {
        return !methods.contains("fed") || methods.contains("user");
    }
}
