package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.List;
import java.util.Optional;

/// Which applications hear of the end of a login (OpenID Connect Back-Channel Logout 1.0), and which are still
/// to be told of logins that have ended.
public interface LogoutStore {
    /// The most applications that one login remembers. With one more, what the same application had of it is
    /// forgotten, or whoever signed the person in longest ago.
    int MAX_CLIENTS = 100;

    /// The most that all logins of one person remember: so much is written by what ends them all.
    int MAX_CLIENTS_OF_USER = 1000;

    /// An application that has signed a person in.
    ///
    /// @param login as the application knows it (`sid`)
    record Client(Id application, Id api, Id user, Id login) implements Notice {
        @Override
        public Undelivered undelivered() {
            return new Undelivered(
                    "logout.undelivered",
                    Optional.empty(),
                    application,
                    Detail.of("user", user).with("session", login));
        }
    }

    /// The applications of an open login that hear of its end, whoever signed the person in last first.
    List<Client> clients(Id login);

    /// Those that are still to be told, since a login ended.
    OutboxStore<Client> notices();

    /// The oldest of those applications for which more than `waiting` wait.
    List<Taken<Client>> crowding(int waiting, int most);
}
