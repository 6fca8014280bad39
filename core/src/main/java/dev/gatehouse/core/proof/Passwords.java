package dev.gatehouse.core.proof;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Whether a password is the right one. The slow hash is asked as rarely as it can be: what was proven lately is
/// remembered, and who guesses too often is not let near it (GAUNTLET L02).
public interface Passwords {
    /// An installation that takes no passwords.
    Passwords NONE = new Passwords() {
        @Override
        public Answer recall(Credential password, Secret presented) {
            return new Answer.Unknown();
        }

        @Override
        public Answer check(Attempt attempt) {
            return new Answer.Wrong();
        }
    };

    /// One try.
    ///
    /// @param username in its one spelling; empty when what was sent has none
    /// @param from the address that it comes from
    /// @param password what is stored of it; absent when there is no such user, or none with a password, which
    ///     must neither be told nor take another time (GAUNTLET L01)
    /// @param client that brings what somebody told it: its servers have one address for all people, so that the
    ///     client counts in place of it, for each person apart. Empty when it comes from the person
    record Attempt(
            String username, InetAddress from, Optional<Credential> password, Secret presented, Optional<Id> client) {
        /// One that comes from the person.
        public Attempt(String username, InetAddress from, Optional<Credential> password, Secret presented) {
            this(username, from, password, presented, Optional.empty());
        }
    }

    /// What asking gave.
    sealed interface Answer {
        /// It is the one.
        record Right() implements Answer {}

        /// It is not.
        record Wrong() implements Answer {}

        /// Memory does not tell.
        record Unknown() implements Answer {}

        /// Too many were wrong; this one was not looked at.
        record TooMany(Duration retryAfter) implements Answer {}

        /// Too many are being hashed; this one was not looked at.
        record Busy(Duration retryAfter) implements Answer {}
    }

    /// Whether it was proven lately: `Right` or `Unknown`. Costs microseconds and does no I/O.
    Answer recall(Credential password, Secret presented);

    /// The same for a try.
    default Answer recall(Attempt attempt) {
        return attempt.password()
                .map(password -> recall(password, attempt.presented()))
                .orElseGet(Answer.Unknown::new);
    }

    /// Finds out. Blocks for as long as the slow hash takes and may write; never `Unknown`. Not for the HTTP
    /// server's own threads.
    Answer check(Attempt attempt);
}
