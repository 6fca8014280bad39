package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.List;

/// The stored keys of one moment.
///
/// @param sound rows that can be read
/// @param unsound the ids of rows that say nothing a key can say: they were altered behind our back
public record StoredKeys(List<StoredKey> sound, List<Id> unsound) {
    /// Keeps copies.
    public StoredKeys {
        sound = List.copyOf(sound);
        unsound = List.copyOf(unsound);
    }
}
