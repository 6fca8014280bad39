package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Authorization requests that clients pushed before a browser comes with them (RFC 9126). One waits for the
/// browser until its time is over; it is used up by the code that is the answer to it, in the transaction of
/// [GrantStore#open], and never again. Rows of answered ones have no parameters any more.
public interface PushedRequestStore {
    /// The most that are over and that one write removes.
    int SWEPT = 64;

    /// The most requests of one application that wait for a browser.
    int MAX_WAITING = 10_000;

    /// For how long it is remembered that one was answered: longer than a person may take to sign in and to
    /// answer.
    Duration KEPT = Duration.ofHours(3);

    /// The longest parameters.
    int MAX_LENGTH = 4096;

    /// A request that waits.
    ///
    /// @param digest of what the client calls it
    /// @param application whose it is, and nobody else's
    /// @param parameters as of an authorization request, nothing of client authentication among them
    /// @param until when no browser may come with it any more
    record Pushed(Digest digest, Id api, Id application, String parameters, Instant until) {
        /// Parameters may name people.
        @Override
        public String toString() {
            return "[pushed request of " + application + "]";
        }
    }

    /// Keeps a request. Leaves no audit row: it changes no rights.
    ///
    /// @return whether there was room
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean push(Pushed request, Instant now);

    /// One that waits and was not answered.
    ///
    /// @param digests that it may be stored under
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Optional<Pushed> waiting(List<Digest> digests, Id api, Instant now);
}
