package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who asked for a new password and is to get a letter about it. What was asked is written down as it was typed,
/// whether or not anybody has that name: who asks learns nothing, not from the answer and not from how long it
/// takes (GAUNTLET L01).
public interface ResetStore extends OutboxStore<ResetStore.Asked> {
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

    /// Somebody asked, and is to get a letter.
    ///
    /// @param username in the spelling of [dev.gatehouse.core.member.Usernames]
    /// @param api whose page it was asked at
    /// @param language of that page
    record Asked(String username, Id api, String language) {}

    /// Longer than sending a letter takes.
    @Override
    default Duration lease() {
        return Duration.ofMinutes(5);
    }

    /// Writes down what was asked; where the name was asked for too often, how often, so that either way there
    /// is one write. Of those who ask for one name at the same moment one may stand for all.
    ///
    /// @return false when so many wait that nothing more is taken
    boolean ask(Asked asked, Instant now);

    /// Forgets what was asked for names that nobody has, then takes those that are due.
    @Override
    List<Taken<Asked>> take(int most, Instant now);

    /// Takes one of the places that a mailbox has for letters. Where there is none the letter is not sent:
    /// nothing is left to do but to remember it for [#KEPT], and what is said of it from then on changes nothing.
    ///
    /// @param mailbox a digest of the address
    boolean room(Taken<Asked> taken, Bytes mailbox, Instant now);

    /// The letter went out, which the audit trail keeps of the user, without where to. It is remembered for
    /// [#KEPT].
    @Override
    void delivered(Taken<Asked> taken, Act act);

    /// Nothing is left to do, but to remember it for [#KEPT]. Names that somebody typed are in no audit trail.
    @Override
    Stored<Taken<Asked>> giveUp(Taken<Asked> taken, String why, Act act);

    /// Nobody is to get a letter: nothing is kept, so that names that nobody has fill no table.
    void forget(Taken<Asked> taken);
}
