package dev.gatehouse.server.observe;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import java.net.InetAddress;
import java.util.Optional;

/// A token that was issued, a request that was refused, or what is worth a look. Holds nothing that a caller
/// sent.
sealed interface Event {
    /// The name of the Api.
    String api();

    /// The caller's address, of which no more than the network is written.
    InetAddress from();

    /// The id of the request.
    String request();

    /// The credential, or whatever member the refusal names.
    Optional<Id> about();

    /// A token was issued to this credential.
    record Issued(String api, InetAddress from, String request, Id credential) implements Event {
        static Issued of(HttpFacts http, String api, Id credential) {
            return new Issued(api, http.from(), http.id(), credential);
        }

        @Override
        public Optional<Id> about() {
            return Optional.of(credential);
        }
    }

    /// Something came that is worth a look and is no refusal.
    ///
    /// @param what a fixed word
    record Noticed(String api, InetAddress from, String request, String what, Id credential) implements Event {
        @Override
        public Optional<Id> about() {
            return Optional.of(credential);
        }
    }

    /// A request was refused.
    ///
    /// @param reason that of [Refusal], or another fixed word
    /// @param what is not available; empty text for all other reasons
    record Refused(String api, InetAddress from, String request, String reason, String what, Optional<Id> about)
            implements Event {
        static Refused of(HttpFacts http, String api, Refusal refusal) {
            String what = refusal instanceof Refusal.Unavailable unavailable ? unavailable.what() : "";
            return new Refused(api, http.from(), http.id(), refusal.reason(), what, refusal.about());
        }
    }
}
