package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.List;

/// Signing and sealing keys. Private parts arrive encrypted and stay so; the store never sees one in clear.
public interface KeyStore {
    /// Adds a key in state `PREPARED`.
    Stored<StoredKey> prepare(StoredKey key, Act act);

    /// Makes a prepared key the active one of its Api and use; the one that was active becomes `RETIRED` in the
    /// same transaction. Exactly one key is active for each Api and use. `Conflict` when the key is not prepared
    /// (somebody else activated or retired it).
    Stored<StoredKey> activate(Id key, Act act);

    /// Retires a key for good: nothing is signed or accepted under it from now on, and its private
    /// part is erased.
    Stored<StoredKey> withdraw(Id key, Act act);

    /// All keys that are not withdrawn, in the order of their creation.
    List<StoredKey> keys();
}
