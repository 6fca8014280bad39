package dev.gatehouse.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is still to be told to somebody. It is written by the transaction that it is about, and stays until it is
/// delivered or given up: each is delivered at least once, whichever node goes down.
///
/// @param <N> one thing to tell
public interface OutboxStore<N> {
    /// The most that are taken at once for one application, where applications are told, so that each gets its
    /// turn.
    int OF_APPLICATION = 2;

    /// For how long whoever took one is left alone with it. Longer than any attempt takes.
    default Duration lease() {
        return Duration.ofMinutes(1);
    }

    /// Takes those that are due, the oldest first: of any number of nodes at once, one has each. It is due again
    /// after [#lease], unless something else is said of it.
    List<Taken<N>> take(int most, Instant now);

    /// It was delivered. Leaves no audit row: it changes no rights.
    void delivered(Taken<N> taken, Act act);

    /// It was not, and is due again then. How often it was tried is kept.
    void again(Taken<N> taken, Instant due);

    /// It was not, and never will be. `Missing` when it is not that attempt's any more.
    ///
    /// @param why a short word, for the trail
    Stored<Taken<N>> giveUp(Taken<N> taken, String why, Act act);
}
