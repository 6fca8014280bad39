package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import java.util.Optional;

/// The vault that the key file makes.
record CustodyVault(Custody custody) implements Vault {
    @Override
    public Encrypted seal(Connection connection, long number, byte[] plain) {
        return custody.encrypt(plain, Place.of(connection, number));
    }

    @Override
    public Optional<byte[]> open(Connection connection, Encrypted sealed) {
        return custody.decrypt(sealed, Place.of(connection, connection.credential()));
    }
}
