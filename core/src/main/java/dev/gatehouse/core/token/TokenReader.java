package dev.gatehouse.core.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Secret;

/// Turns a presented access token into claims that are proven to be ours. Proves origin and integrity only;
/// whether the token still counts is for `decide`.
public interface TokenReader {
    /// What reading a string gave.
    sealed interface Read {
        /// Issued by this installation, for this Api, and unaltered.
        record Proven(Claims claims) implements Read {}

        /// Not a token of ours for this Api. The reason is for logs, never for the caller.
        record Refused(String reason) implements Read {}
    }

    /// Whether the string has the outer form of a token that this reader could read; nothing is proven.
    boolean recognises(Secret presented);

    /// Whether every token says how the user had signed in who granted it: what says nothing then is of a password.
    /// While nodes of a release before issue tokens, that says nothing.
    default boolean marked() {
        return true;
    }

    /// Reads and proves. Does no I/O.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys are not at hand: [#readLoading] where
    /// waiting is allowed
    Read read(Secret presented, Api api);

    /// Reads and proves, after reading keys that changed when it must.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys cannot be read now
    Read readLoading(Secret presented, Api api);
}
