package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keys that people sign in with, which their devices keep and prove (WebAuthn): of each the public part, and the
/// logins that it opened, which end with it.
public interface PasskeyStore {
    /// The most of one user.
    int MAX_PASSKEYS = 20;

    /// What a key descends from: that of the login in which it was made. Another password ends the key, and so does
    /// a cut of the user or of the membership: whoever was in somebody's account for a while leaves nothing behind.
    ///
    /// @param password its credential
    /// @param passwordGeneration of that credential
    /// @param memberGeneration of user and membership, summed
    record Root(Id password, long passwordGeneration, Id membership, long memberGeneration) {
        /// That of a login.
        public static Root of(Lineage lineage) {
            return new Root(
                    lineage.credential(),
                    lineage.generations().credential(),
                    lineage.member(),
                    lineage.generations().member());
        }
    }

    /// One key.
    ///
    /// @param id as the device knows it (WebAuthn section 4, credential ID)
    /// @param site whose browsers use it (section 4, RP ID)
    /// @param name the user's own for it
    /// @param key the public part, as the library keeps it
    /// @param counter what the device said last of how often it signed; zero where it does not count
    /// @param synced whether it may be on several devices
    /// @param sure whether it was made in a login by more than one factor. Any other is worth no more than the
    ///     password that opened its login, and goes when a second factor is set up
    /// @param copiedAt when two were seen that count the same: one of them is a copy
    record Passkey(
            Bytes id,
            Id user,
            Root root,
            String site,
            String name,
            Bytes key,
            long counter,
            boolean synced,
            boolean sure,
            Instant createdAt,
            Optional<Instant> usedAt,
            Optional<Instant> copiedAt) {
        /// Whether it still counts beside what there is now.
        public boolean descendsFrom(Lineage now) {
            return root.equals(Root.of(now));
        }
    }

    /// What a use came to.
    enum Use {
        /// The device counted on, or does not count.
        COUNTED,
        /// The device counted no further than it had before: of two that count the same one is a copy (WebAuthn
        /// section 6.1.1). It opens nothing, and the trail says so.
        COPIED
    }

    /// Keeps a key. `Missing` without its user, `Conflict` when the user is revoked, the session is over or the
    /// id is in use, `Full` at [#MAX_PASSKEYS].
    ///
    /// @param by the session in which it was made
    Stored<Passkey> add(Passkey passkey, Id by, Act act);

    /// One by its id.
    Optional<Passkey> passkey(Bytes id);

    /// Those of a user, the oldest first.
    List<Passkey> passkeys(Id user);

    /// Writes down that a key was shown, before anything is opened by it. `Missing` when it is gone.
    Stored<Use> used(Passkey passkey, long counter, Act act);

    /// Writes down that a key opened a session, which ends with it. `Missing` when the key is gone or the session
    /// over or somebody else's; nothing is written then.
    Stored<Id> opened(Passkey passkey, Id session, Act act);

    /// Forgets a key of a user, and ends the sessions that it opened. Done with how many there were; done again it
    /// changes nothing. `Missing` without the user.
    Stored<Long> remove(Id user, Bytes id, Act act);

    /// Forgets all that a user proves itself by besides its password, apps and recovery codes too, and ends the
    /// sessions that any of it opened. Done with how many there were. `Missing` without the user.
    Stored<Long> clear(Id user, Act act);
}
