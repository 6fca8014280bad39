package dev.gatehouse.core.store;

/// Makes the MAC of an audit row. The key lives outside the database.
public interface MacKey {
    /// The MAC of these bytes, 32 bytes long.
    byte[] mac(byte[] message);
}
