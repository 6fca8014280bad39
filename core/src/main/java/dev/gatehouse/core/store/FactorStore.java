package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What proves people a second time: the secret that they share with an authenticator app (RFC 6238), and codes
/// for the day when that is lost. Each code counts once, by one conditional write, and how often a user's are
/// tried is counted before they are looked at, for all nodes together.
public interface FactorStore {
    /// What somebody tries a code as. Each is counted by itself: whoever knows the password and guesses at the
    /// codes of the app keeps nobody from recovering.
    enum Tried {
        /// Six digits, of which few are right at any time.
        APP(10),
        /// Nobody finds one of these; what is bounded is the work.
        RECOVERY(100);

        private final int most;

        Tried(int most) {
            this.most = most;
        }

        /// How often within [FactorStore#WINDOW] before one is right.
        public int most() {
            return most;
        }
    }

    /// For how long tries are counted together.
    Duration WINDOW = Duration.ofMinutes(10);

    /// The secret that a user shares with an app.
    ///
    /// @param secret readable by key custody, in this row and as of this time
    /// @param since when it was set up
    /// @param lastStep the newest time step whose code was used
    record Totp(Id user, Encrypted secret, Instant since, long lastStep) {}

    /// What a user has.
    ///
    /// @param codes recovery codes that are not used up
    record Factors(Optional<Totp> totp, int codes) {}

    /// What a user has. Users that are not there have nothing.
    Factors factors(Id user);

    /// Gives a user a secret in the place of any other, and recovery codes in the place of all others. In the same
    /// step all its other sessions end, and all that it granted in any but this one: who opened those showed no
    /// code. Its keys that were made without a second factor go for the same reason.
    /// `Missing` without the user, `Conflict` when it or the session is over.
    ///
    /// @param by the session in which it is done
    Stored<Factors> enrol(Totp totp, List<Digest> codes, Id by, Act act);

    /// Gives a user who has no secret its first one, before any session is open: all that there are end, and
    /// all that was granted in them, and its keys that were made without a second factor go.
    /// `Missing` without the user, `Conflict` when it is over or has a secret.
    Stored<Factors> enrolFirst(Totp totp, List<Digest> codes, Act act);

    /// Takes the secret away, and the recovery codes with it. Where there is none nothing changes; `Missing`
    /// without the user.
    Stored<Factors> remove(Id user, Act act);

    /// Gives a user other recovery codes in the place of all that it had. `Missing` without a secret.
    Stored<Factors> renew(Id user, List<Digest> codes, Act act);

    /// Counts a try; false when there were too many, or there is nothing to try. Leaves no audit row.
    boolean attempt(Id user, Tried as, Instant now);

    /// Uses up the code of a time step, and with it those of all steps before, of the secret that was read. False
    /// when it, or one after it, was used before: of many at once one is first. What was tried before is
    /// forgotten. Leaves no audit row: what is opened by it does.
    boolean use(Totp totp, long step);

    /// Uses up a recovery code; `Missing` when the user has none of these that is unused. What was tried before is
    /// forgotten.
    ///
    /// @param code the digests that it may be stored under
    Stored<Factors> recover(Id user, List<Digest> code, Act act);

    /// The secrets of the whole installation in the order of their users, behind this one.
    List<Totp> totps(Optional<Id> after, int limit);

    /// Puts the same secret, encrypted anew, in the place of what was read; false when that is another by now.
    boolean rewrap(Totp before, Encrypted secret);
}
