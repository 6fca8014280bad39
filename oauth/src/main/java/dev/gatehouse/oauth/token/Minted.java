package dev.gatehouse.oauth.token;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;

/// What minting gave.
public sealed interface Minted {
    /// A token.
    record Token(Secret text, Claims claims) implements Minted {
        /// Seconds from its issue to its end.
        public long lifeSeconds() {
            return claims.expiresAt().getEpochSecond() - claims.issuedAt().getEpochSecond();
        }
    }

    /// The scopes are so many that the token would not fit into a header; fewer must be asked for.
    record TooLong() implements Minted {}

    /// No key for the Api's format and algorithm is at hand: [Minter#ensureKey] and mint again.
    record NoKey() implements Minted {}
}
