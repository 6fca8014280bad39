package dev.gatehouse.core.secret;

import java.util.Optional;

/// What a request has proven that a token can be bound to; which of the two binds, the rules of client and Api say.
///
/// @param key of a proof
/// @param certificate of the connection
public record Offered(Optional<Confirmation> key, Optional<Confirmation> certificate) {
    /// Nothing.
    public static final Offered NONE = new Offered(Optional.empty(), Optional.empty());

    /// Of what was proven.
    ///
    /// @param key its thumbprint
    /// @param certificate its thumbprint
    public static Offered of(Optional<String> key, Optional<String> certificate) {
        return new Offered(key.map(Confirmation::key), certificate.map(Confirmation::certificate));
    }

    /// Whether this is proven.
    public boolean has(Confirmation one) {
        return (one.means() == Confirmation.Means.KEY ? key : certificate).equals(Optional.of(one));
    }
}
