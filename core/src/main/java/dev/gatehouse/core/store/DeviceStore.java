package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Devices that wait for a person to say yes to them elsewhere (RFC 8628). The person answers once, by one
/// conditional write: no by [#deny], yes by [GrantStore#openForDevice], whose grant is then found by the device's
/// code.
public interface DeviceStore {
    /// The most that are over and that one write removes.
    int SWEPT = 64;

    /// The most of one application that wait.
    int MAX_WAITING = 1000;

    /// The most of one application that wait for one person.
    int MAX_ADDRESSED = 5;

    /// The most that are listed, and the most of all applications that wait for one person: nothing hides behind
    /// others.
    int LISTED = 50;

    /// For how long it is remembered that one is over.
    Duration KEPT = Duration.ofMinutes(5);

    /// How long a device waits between two questions, at first (RFC 8628 section 3.2).
    Duration INTERVAL = Duration.ofSeconds(5);

    /// How much longer once it did not (section 3.5).
    Duration SLOWER = Duration.ofSeconds(5);

    /// A device that waits.
    ///
    /// @param code of what the device shows
    /// @param typed of what the person types
    /// @param scopes that were asked for; absent: whatever the application may have
    /// @param to the person that it is sent to, who types nothing
    /// @param details that were asked for besides (RFC 9396)
    record Waiting(
            Digest code,
            Digest typed,
            Id api,
            Id application,
            Optional<Scopes> scopes,
            Instant until,
            Optional<Addressed> to,
            AuthorizationDetails details) {
        /// One that asks for scopes alone.
        public Waiting(
                Digest code,
                Digest typed,
                Id api,
                Id application,
                Optional<Scopes> scopes,
                Instant until,
                Optional<Addressed> to) {
            this(code, typed, api, application, scopes, until, to, AuthorizationDetails.NONE);
        }

        /// One that waits for whoever types its code.
        public Waiting(Digest code, Digest typed, Id api, Id application, Optional<Scopes> scopes, Instant until) {
            this(code, typed, api, application, scopes, until, Optional.empty());
        }
    }

    /// Whom a request is sent to that a client makes in a back channel (OpenID Connect CIBA Core section 7).
    ///
    /// @param message what the person is shown there and at the client
    /// @param ping what the client is told once the person has answered ([Ping]); said when it is kept, and
    ///     not read with the rest
    record Addressed(Id person, Optional<String> message, Optional<Encrypted> ping) {
        /// By a client that only asks.
        public Addressed(Id person, Optional<String> message) {
            this(person, message, Optional.empty());
        }
    }

    /// What became of asking.
    enum Asked {
        /// It waits.
        KEPT,
        /// What the person would type is another device's: draw again.
        TAKEN,
        /// Too many of this application wait, or too many for this person.
        FULL
    }

    /// What a device that asks is told.
    enum Polled {
        /// The person has not answered.
        PENDING,
        /// It asked too soon, and waits longer from now on.
        HASTY,
        /// The person said yes.
        ALLOWED,
        /// The person said no.
        DENIED,
        /// Its time is over.
        OVER,
        /// There is no such device of this application.
        NONE
    }

    /// Keeps a device, by one conditional write. Leaves no audit row: it changes no rights. Of any number at
    /// once, of one application or to one person, no more than may wait are kept.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Asked ask(Waiting device, Instant now);

    /// The device whose code a person types, while nobody has answered it.
    ///
    /// @param typed the digests that it may be stored under
    Optional<Waiting> waiting(List<Digest> typed, Id api, Instant now);

    /// What waits for a person at an Api, what is over first the first; at most [#LISTED].
    List<Waiting> addressed(Id person, Id api, Instant now);

    /// The person says no. `Moved` when it was answered before, or is over.
    Stored<Waiting> deny(Waiting device, Act act);

    /// A device asks: of any number of questions at once, one is not too soon. Leaves no audit row.
    ///
    /// @param code the digests that it may be stored under
    Polled poll(List<Digest> code, Id api, Id application, Instant now);
}
