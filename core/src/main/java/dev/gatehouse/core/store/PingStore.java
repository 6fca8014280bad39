package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Clients that are still to be told that a person has answered (OpenID Connect CIBA Core section 10.2). What is to
/// be said is written down with the request ([DeviceStore#ask]) and becomes due in the transaction that answers it.
public interface PingStore {
    /// For how long whoever took one is left alone with it. Longer than telling takes.
    Duration LEASE = Duration.ofMinutes(1);

    /// A client that is to be told.
    ///
    /// @param request the code of the request
    /// @param said readable by key custody
    /// @param since when the person answered
    /// @param attempt which one this is; what is said of an earlier one changes nothing
    /// @param tries how often telling was really tried
    record Due(Digest request, Id application, Encrypted said, Instant since, long attempt, long tries) {
        /// The same, tried once more.
        public Due tried() {
            return new Due(request, application, said, since, attempt, tries + 1);
        }
    }

    /// Takes those that are due, the oldest first and at most so many of one application: of any number of nodes
    /// at once, one has each. It is due again after [#LEASE], unless something else is said of it.
    List<Due> take(int most, int ofApplication, Instant now);

    /// The client was told.
    void delivered(Due due);

    /// It could not be told, and is due again then.
    void again(Due due, Instant at);

    /// It will not be told. `Missing` when somebody else has taken it since.
    Stored<Due> giveUp(Due due, String why, Act act);
}
