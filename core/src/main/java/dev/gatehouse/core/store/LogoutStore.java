package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What applications are still to be told of logins that have ended (OpenID Connect Back-Channel Logout 1.0). A
/// notice is written by the transaction that ends the login, and stays until it is delivered or given up: each is
/// delivered at least once, whichever node goes down.
public interface LogoutStore {
    /// For how long whoever took a notice is left alone with it. Longer than any attempt takes.
    Duration LEASE = Duration.ofMinutes(1);

    /// The most applications that one login remembers. With one more, what the same application had of it is
    /// forgotten, or whoever signed the person in longest ago.
    int MAX_CLIENTS = 100;

    /// The most that all logins of one person remember: so much is written by what ends them all.
    int MAX_CLIENTS_OF_USER = 1000;

    /// An application that has signed a person in.
    ///
    /// @param login as the application knows it (`sid`)
    record Client(Id application, Id api, Id user, Id login) {}

    /// Something that is still to be told.
    ///
    /// @param attempt which one this is; what is said of an earlier one changes nothing
    /// @param tries how often the application was really asked, as far as was said
    /// @param since when the login ended
    record Notice(Client client, long attempt, long tries, Instant since) {
        /// The same, tried once more.
        public Notice tried() {
            return new Notice(client, attempt, tries + 1, since);
        }
    }

    /// The applications of an open login that hear of its end, whoever signed the person in last first.
    List<Client> clients(Id login);

    /// Takes notices that are due, the oldest of each application first: of any number of nodes at once, one has
    /// each. It is due again after [#LEASE], unless something else is said of it.
    ///
    /// @param ofApplication the most that are for one application, so that each gets its turn
    List<Notice> take(int most, int ofApplication, Instant now);

    /// The oldest of those applications for which more than `waiting` wait.
    List<Notice> crowding(int waiting, int most);

    /// It was delivered. Leaves no audit row: it changes no rights.
    void delivered(Notice notice);

    /// It was not, and is to be tried again. How often it was tried is kept.
    void again(Notice notice, Instant due);

    /// It was not, and never will be. Done again it changes nothing (`Missing`).
    ///
    /// @param why a short word, for the trail
    Stored<Notice> giveUp(Notice notice, String why, Act act);
}
