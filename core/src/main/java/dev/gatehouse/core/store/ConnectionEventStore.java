package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What the operator's systems are still to be told of connections. An event is written by the transaction that it
/// is about, and stays until it is delivered, given up, or there is a newer one of the same connection: what counts
/// is how a connection is now, so that each has one row at most. It is delivered at least once, whichever node
/// goes down.
public interface ConnectionEventStore {
    /// For how long whoever took an event is left alone with it. Longer than any attempt takes.
    Duration LEASE = Duration.ofMinutes(1);

    /// What happened.
    enum Type {
        /// Renewing failed, and is tried again: the first failure in a row.
        FAILING("connection.failing"),
        /// Somebody has to connect again.
        NEEDS_REAUTH("connection.needs_reauth"),
        /// It works again.
        RECOVERED("connection.recovered");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        /// As events spell it.
        public String wire() {
            return wire;
        }
    }

    /// Something that happened to a connection.
    ///
    /// @param because why, where there is a reason; never a secret
    /// @param at when
    record Event(Id connection, Id organization, Type type, String because, Instant at) {}

    /// Something that is still to be told.
    ///
    /// @param attempt which one of this event this is; what is said of an earlier one, or of an event before it,
    ///   changes nothing
    /// @param tries how often the receiver was really asked, as far as was said
    record Due(Event event, long attempt, long tries) {
        /// The same, tried once more.
        public Due tried() {
            return new Due(event, attempt, tries + 1);
        }
    }

    /// Takes events that are due, the oldest first: of any number of nodes at once, one has each. It is due again
    /// after [#LEASE], unless something else is said of it.
    List<Due> take(int most, Instant now);

    /// It was delivered. Leaves no audit row: it changes no rights.
    void delivered(Due due);

    /// It was not, and is to be tried again. How often it was tried is kept.
    void again(Due due, Instant at);

    /// It was not, and never will be. Done again it changes nothing (`Missing`).
    ///
    /// @param why a short word, for the trail
    Stored<Due> giveUp(Due due, String why, Act act);
}
