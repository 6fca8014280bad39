package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.core.member.Connection;
import java.time.Duration;

/// What asking for a connection's credential came to.
public sealed interface Usable {
    /// A credential that counts, as far as anybody knows.
    ///
    /// @param parts the credential; its number is the connection's
    record Ready(Connection connection, Platform platform, Platform.Way way, Parts parts) implements Usable {}

    /// Nothing is there.
    record Missing() implements Usable {}

    /// The connection is held, revoked, or outside its window.
    record Standing(Connection connection) implements Usable {}

    /// Somebody has to connect again: the platform takes the credential no more.
    record NeedsReauth(Connection connection) implements Usable {}

    /// The platform refuses the token that it gave a moment ago, so that another would fare no better.
    record Rejected(Connection connection) implements Usable {}

    /// The platform takes the token no more, and renewing it is the caller's own business.
    record CallerRenews(Connection connection) implements Usable {}

    /// Not now.
    ///
    /// @param retryAfter when it is worth another try
    record Unavailable(String why, Duration retryAfter) implements Usable {}
}
