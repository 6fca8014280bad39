package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKey.Use;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keys that are stored and cannot be used: their rows were altered, or the node's key file does not open them.
/// What needs one of them is not wrong but cannot be told now.
///
/// @param ids of all of them
/// @param claimed the rows of those that say what a key can say; none of it is proven
record UnreadableKeys(Set<Id> ids, List<StoredKey> claimed) {
    static final UnreadableKeys NONE = new UnreadableKeys(Set.of(), List.of());

    UnreadableKeys {
        ids = Set.copyOf(ids);
        claimed = List.copyOf(claimed);
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    boolean contains(Id key) {
        return ids.contains(key);
    }

    /// Their ids, in order.
    String named() {
        return ids.stream().map(Id::text).sorted().collect(Collectors.joining(", "));
    }

    /// A key that a token names is not known.
    ///
    /// @throws FactsUnavailable when that is because it cannot be read
    void unknown(Id key) {
        if (ids.contains(key)) {
            throw unavailable(key);
        }
    }

    /// No key is active for a use.
    ///
    /// @param api whose tokens it would sign; absent for the keys of the installation
    /// @throws FactsUnavailable when that is because the active one cannot be read
    void inactive(Use use, Optional<Id> api) {
        for (StoredKey key : claimed) {
            if (key.state() == State.ACTIVE && key.use() == use && key.api().equals(api)) {
                throw unavailable(key.id());
            }
        }
    }

    private static FactsUnavailable unavailable(Id key) {
        return new FactsUnavailable("the key " + key + " cannot be decrypted");
    }
}
