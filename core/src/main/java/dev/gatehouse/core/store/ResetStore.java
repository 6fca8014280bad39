package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who asked for a new password and is to get a letter about it. What was asked is written down as it was typed,
/// whether or not anybody has that name: who asks learns nothing, not from the answer and not from how long it
/// takes (GAUNTLET L01).
public interface ResetStore {
    /// For how long it is remembered that a name was asked for.
    Duration KEPT = Duration.ofHours(1);

    /// How often a name may be asked for in that time, so that nobody's mailbox is filled by strangers.
    int MOST_OF_NAME = 3;

    /// How many letters one mailbox gets in the hour, and in the day, that begins with a letter, whoever has it as
    /// its address and however many nodes send.
    int MOST_IN_HOUR = 5;

    int MOST_IN_DAY = 20;

    /// How many may wait to be looked at.
    int MOST = 10_000;

    /// For how long whoever took one is left alone with it. Longer than sending a letter takes.
    Duration LEASE = Duration.ofMinutes(5);

    /// Somebody asked.
    ///
    /// @param username in the spelling of [dev.gatehouse.core.member.Usernames]
    /// @param api whose page it was asked at
    /// @param language of that page
    record Asked(String username, Id api, String language, Instant at) {}

    /// Somebody who is still to get a letter.
    ///
    /// @param attempt which one of this it is; what is said of an earlier one changes nothing
    /// @param tries how often sending was really tried
    record Due(Asked asked, long attempt, long tries) {
        /// The same, tried once more.
        public Due tried() {
            return new Due(asked, attempt, tries + 1);
        }
    }

    /// Writes down what was asked; where the name was asked for too often, how often, so that either way there
    /// is one write. Of those who ask for one name at the same moment one may stand for all.
    ///
    /// @return false when so many wait that nothing more is taken
    boolean ask(Asked asked);

    /// Forgets what was asked for names that nobody has, then takes those that are due, the oldest first: of
    /// any number of nodes at once, one has each. It is due again after [#LEASE], unless something else is said
    /// of it.
    List<Due> take(int most, Instant now);

    /// Takes one of the places that a mailbox has for letters. Where there is none the letter is not sent: nothing is
    /// left to do but to remember it for [#KEPT], and what is said of it from then on changes nothing.
    ///
    /// @param mailbox a digest of the address
    boolean room(Due due, Bytes mailbox, Instant now);

    /// The letter went out, which the audit trail keeps of the user, without where to. `Missing` when it is not
    /// the one that was taken any more. It is remembered for [#KEPT].
    Stored<Due> sent(Due due, Act act);

    /// Nothing is left to do, but to remember it for [#KEPT].
    void done(Due due);

    /// Nobody is to get a letter: nothing is kept, so that names that nobody has fill no table.
    void forget(Due due);

    /// It could not be sent, and is due again then.
    void again(Due due, Instant at);
}
