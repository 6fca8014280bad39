package dev.gatehouse.nodes;

import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Something that opens calls until it is revoked.
///
/// @param api where calls are made
/// @param bearer what opens them; for a key pair what it opens is the token endpoint
/// @param use the status of one call to a node
/// @param revoke asks a node to take it away; whoever has the reply may count on it
record Victim(Kind kind, String api, String bearer, ToIntFunction<Node> use, Function<Node, Got> revoke) {
    /// What is taken away.
    enum Kind {
        API_KEY,
        KEY_PAIR,
        JWT,
        SEALED,
        /// Used through a token.
        APPLICATION,
        /// Used through an API key.
        ORGANIZATION,
        /// Used through a token that an application got in its name.
        CUSTOMER
    }
}
