package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.time.Instant;

/// The way of one browser to a platform and back, at whose end stands a connection. An organization's own server
/// begins it and ends it; what lies between belongs to the browser that took the link (GAUNTLET J01, J02).
///
/// @param api at whose address the pages are
/// @param connection that it makes, or connects again
/// @param again whether that connection is there already
/// @param platform the type of the platform
/// @param name of the connection
/// @param beganBy whom the organization's server did it for, in that server's own words
/// @param returnTo the page that the browser comes to at the end
/// @param diesAt when it is over, however far it has come
public record ConnectSession(
        Id id,
        Id organization,
        Id api,
        Id connection,
        boolean again,
        String platform,
        String name,
        String beganBy,
        String returnTo,
        State state,
        Instant createdAt,
        Instant diesAt) {
    /// How long one lasts.
    public static final Duration LIFE = Duration.ofMinutes(10);

    /// How far it has come.
    public enum State {
        /// Nobody has taken the link.
        OPEN("open"),
        /// A browser has, and is at the platform.
        STARTED("started"),
        /// It came back, and what it brought is being looked at.
        RETURNED("returned"),
        /// The platform gave a credential, which waits for the organization's server.
        READY("ready"),
        /// The connection is made.
        FINISHED("finished"),
        /// Nothing comes of it.
        FAILED("failed");

        private final String wire;

        State(String wire) {
            this.wire = wire;
        }

        /// The name in APIs and storage.
        public String wire() {
            return wire;
        }
    }

    /// The same, further on.
    public ConnectSession in(State other) {
        return new ConnectSession(
                id, organization, api, connection, again, platform, name, beganBy, returnTo, other, createdAt, diesAt);
    }
}
