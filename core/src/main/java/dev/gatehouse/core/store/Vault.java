package dev.gatehouse.core.store;

import dev.gatehouse.core.member.Connection;
import java.util.Optional;

/// Encrypts credentials, each bound to its organization, its connection and its number (GAUNTLET N03).
public interface Vault {
    /// Encrypts the credential of a connection that will have this number.
    Encrypted seal(Connection connection, long number, byte[] plain);

    /// Decrypts the credential that a connection has. Empty when it was altered, swapped, or put back.
    Optional<byte[]> open(Connection connection, Encrypted sealed);
}
