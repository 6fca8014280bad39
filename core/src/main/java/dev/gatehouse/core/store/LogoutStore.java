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

    /// The most applications that one login remembers. Who comes after them is not told.
    int MAX_CLIENTS = 100;

    /// An application that has signed a person in.
    ///
    /// @param login as the application knows it (`sid`)
    record Client(Id application, Id api, Id user, Id login) {}

    /// Something that is still to be told.
    ///
    /// @param attempt which one this is; what is said of an earlier one changes nothing
    /// @param since when the login ended
    record Notice(Client client, long attempt, Instant since) {}

    /// The applications of an open login that hear of its end.
    List<Client> clients(Id login);

    /// Takes notices that are due, the oldest first: of any number of nodes at once, one has each. It is due again
    /// after [#LEASE], unless something else is said of it.
    List<Notice> take(int most, Instant now);

    /// It was delivered. Leaves no audit row: it changes no rights.
    void delivered(Notice notice);

    /// It was not, and is to be tried again.
    void again(Notice notice, Instant due);

    /// It was not, and never will be. Done again it changes nothing (`Missing`).
    ///
    /// @param why a short word, for the trail
    Stored<Notice> giveUp(Notice notice, String why, Act act);
}
