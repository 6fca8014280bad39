package dev.gatehouse.oauth.custody;

import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Vault;
import java.util.Optional;

/// Encrypts credentials of connections under the ring of the key file, each bound to its organization, its row,
/// what it is a credential for, and its number.
public record CustodyVault(Custody custody) implements Vault {
    @Override
    public Encrypted seal(Connection connection, long number, byte[] plain) {
        return custody.encrypt(plain, Place.of(connection, number));
    }

    @Override
    public Optional<byte[]> open(Connection connection, Encrypted sealed) {
        return custody.decrypt(sealed, Place.of(connection, connection.credential()));
    }
}
