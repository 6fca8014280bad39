package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.secret.PublicKeys;
import java.util.Map;
import java.util.Optional;

/// What a client says of itself (RFC 7591 section 2), as far as it counts.
///
/// @param name what people are shown
/// @param keys that its signatures are checked with, or where they are
/// @param told what is kept for whoever asks, and decides nothing
record ClientMetadata(String name, ClientTerms terms, Optional<PublicKeys> keys, Map<String, Object> told) {
    /// The same under another name.
    ClientMetadata named(String other) {
        return new ClientMetadata(other, terms, keys, told);
    }

    /// What reading gave.
    sealed interface Read {
        /// Something that the policy lets in.
        record Good(ClientMetadata metadata) implements Read {}

        /// Nothing.
        ///
        /// @param error as RFC 7591 section 3.2.2 names it
        record Wrong(String error, String why) implements Read {}
    }
}
