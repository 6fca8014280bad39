package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.List;
import java.util.Optional;

/// Signing and sealing keys. Private parts arrive encrypted and stay so; the store never sees one in clear.
/// Whoever encrypts binds every column to the ciphertext, so each step of a key brings its whole next row along.
public interface KeyStore {
    /// Adds a key in state `PREPARED`; at most one is prepared for each Api and use (`Conflict`). Answers when
    /// every live node knows it.
    Stored<StoredKey> prepare(StoredKey key, Act act);

    /// Takes keys one step on, all of them or none, each only while it is still the row that the step starts from
    /// (`Conflict` otherwise: somebody else was first). At most one key is active for each Api and use.
    Stored<List<StoredKey>> advance(List<KeyStep> steps, Act act);

    /// Ends a key for good, whatever its row looks like: nothing is signed or accepted under it from now on, and
    /// its private part is erased. Done again it changes nothing.
    Stored<Id> withdraw(Id key, Act act);

    /// One key, withdrawn or not; empty when there is none or its row cannot be read.
    Optional<StoredKey> key(Id key);

    /// All keys that are not withdrawn, in the order of their creation.
    StoredKeys keys();
}
