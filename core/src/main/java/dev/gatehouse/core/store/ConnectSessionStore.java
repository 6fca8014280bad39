package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Browsers on their way to a platform and back. Each step is one conditional write (law 4): of any number at
/// once one takes it, and none takes it a second time (GAUNTLET J01). Nothing of a session is a connection before
/// its last step, and then all of it is.
public interface ConnectSessionStore {
    /// The most sessions of one organization that are not over.
    int MAX_OPEN = 200;

    /// The most sessions that are over and that one verb removes.
    int SWEPT = 64;

    /// A session with what it holds encrypted: until the platform has answered what was given at the beginning,
    /// then the credential.
    ///
    /// @param tokenExpiresAt when the credential's token ends, where that is known
    record Held(ConnectSession session, Encrypted sealed, Optional<Instant> tokenExpiresAt) {
        /// The same with another state of the session.
        public Held with(ConnectSession other) {
            return new Held(other, sealed, tokenExpiresAt);
        }
    }

    /// Keeps a session under the digest of its link. `Missing` without its organization, `Conflict` when that is
    /// revoked, `Full` at [#MAX_OPEN].
    Stored<ConnectSession> open(ConnectSession session, Digest link, Encrypted given, Act act);

    /// Notes in the trail that a page is handed the tokens of a platform, which are kept nowhere. Durable when it
    /// returns, so that none is handed over without.
    ///
    /// @param api that sent the browser there, of this organization
    void handedOver(Id api, Id organization, String platform, String page, Act act);

    /// Takes out what sessions that are over still hold, and those that are over for a while, at most [#SWEPT] of
    /// each. Leaves no audit row: nothing of it could be used any more.
    ///
    /// @return how many were changed or removed
    int sweep(Instant now);

    /// One session, for as long as it is kept.
    Optional<ConnectSession> session(Id id);

    /// The session of a link that nobody has taken.
    ///
    /// @param link the digests that it may be stored under
    Optional<Held> linked(List<Digest> link, Instant now);

    /// Gives an open session to a browser. `Moved` when it is not open any more.
    ///
    /// @param browser the digest of what only that browser has
    Stored<ConnectSession> start(Id session, Digest browser, Act act);

    /// Takes what its browser brought back, once. `Moved` when it is not on its way any more, or another
    /// browser's. Leaves no audit row.
    ///
    /// @param browser the digests that what the browser shows may be stored under
    Stored<Held> take(Id session, List<Digest> browser, Act act);

    /// Keeps the credential that the platform gave, under the digest of a code for the organization's server.
    /// `Moved` when the session is not being looked at any more.
    Stored<ConnectSession> hold(Id session, Encrypted obtained, Optional<Instant> tokenExpiresAt, Digest code, Act act);

    /// Ends a session that is not over; what it held is forgotten. `Moved` when it is over.
    Stored<ConnectSession> fail(Id session, String because, Act act);

    /// What a session that is ready holds, for whoever has its code.
    ///
    /// @param code the digests that it may be stored under
    Optional<Held> ready(Id session, List<Digest> code, Instant now);

    /// Makes the connection of a session that is ready, and ends the session. `Moved` when it is not ready any
    /// more; else what [ConnectionStore#add] says.
    Stored<Connection> add(Id session, Connection connection, Encrypted sealed, Act act);

    /// Connects the connection of a session that is ready again, and ends the session. `Moved` when it is not
    /// ready any more; else what [ConnectionStore#reconnect] says.
    Stored<Connection> reconnect(
            Id session, Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt, Act act);
}
