package dev.gatehouse.core.store;

import dev.gatehouse.core.member.Connection;

/// A connection with its credential as it is stored, for who uses or renews it.
///
/// @param sealed the credential, encrypted and bound to its row and its number
public record SealedConnection(Connection connection, Encrypted sealed, Renewal renewal) {
    /// The same with another state of the connection.
    public SealedConnection with(Connection other) {
        return new SealedConnection(other, sealed, renewal);
    }
}
