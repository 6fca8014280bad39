package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.Optional;

/// Open logins. Each verb is one transaction; those that open or end one write an audit row.
public interface SessionStore {
    /// The most sessions that are long over and that one verb removes.
    int SWEPT = 64;

    /// The most sessions of one user that are not over.
    int MAX_SESSIONS = 1000;

    /// What becomes of the user's other session when it may have one only.
    enum Rule {
        /// It may have any number.
        MANY,
        /// The new one is not opened while there is another that counts.
        REFUSE,
        /// The other one ends.
        REPLACE
    }

    /// Opens a session. `Conflict` when the rule refuses it, `Full` at [#MAX_SESSIONS]; of many at once with one
    /// of the rules that allow one only, one is open at the end. A session that does not count any more, because
    /// it is over, because its password is another by now, or because its user or membership was cut or its
    /// membership revoked, stands in nobody's way.
    ///
    /// @param digest of the string that it is known by
    Stored<Session> open(Session session, Digest digest, Rule rule, Act act);

    /// Somebody who is signed in has proven itself again: the same session goes on as one that was opened now,
    /// and is known by another string alone, so that nobody who had the one before has it any more (GAUNTLET
    /// L03). All that hangs on it stays, and so does where and from where it may be used. `Missing` when it has
    /// ended, is over, or was proven again since it was read; and when it is of another user, organization or
    /// membership.
    ///
    /// @param before as it was read
    /// @param after what it becomes, under the same id
    /// @param digest of the string that it is known by from then on
    Stored<Session> renew(Session before, Session after, Digest digest, Act act);

    /// Writes down that a session is used, unless a later use is written, it was proven anew, or it has ended
    /// (`Missing`). Leaves no audit row: it changes no rights.
    Stored<Session> seen(Session session, Instant now);

    /// Ends a session. Done again it changes nothing. `Missing` when there is none.
    Stored<Session> end(Id session, Act act);

    /// Ends a session whose user has signed in again: what would have ended with it lives as long as the other
    /// one from now on. With one that is somebody else's, or over, it simply ends.
    Stored<Session> follow(Id session, Id by, Act act);

    /// Ends all sessions of a user. Done with how many there were.
    Stored<Long> endAll(Id user, Act act);

    /// Ends all sessions of a user and all that it granted, and forgets what it consented to, in one step:
    /// nothing that was open can open anything behind its back. Done with how many sessions there were.
    Stored<Long> endEverything(Id user, Act act);

    /// One session, over or not, until it is swept.
    Optional<Session> session(Id id);

    /// The sessions of one user that have not ended; some may be over. They have no names.
    Page<Session> sessions(Id user, Slice slice);
}
