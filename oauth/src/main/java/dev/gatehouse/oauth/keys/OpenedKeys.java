package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What stored keys are once custody has opened them.
///
/// @param unreadable those that it could not open, whatever they say
record OpenedKeys(KeyRing ring, UnreadableKeys unreadable) {
    static OpenedKeys of(StoredKeys rows, KeyVault vault) {
        List<SigningKey> signing = new ArrayList<>();
        List<SigningKey> identifying = new ArrayList<>();
        List<SigningKey> asserting = new ArrayList<>();
        List<SigningKey> auditing = new ArrayList<>();
        List<SealingKey> sealing = new ArrayList<>();
        Set<Id> ids = new HashSet<>(rows.unsound());
        List<StoredKey> claimed = new ArrayList<>();
        for (StoredKey key : rows.sound()) {
            boolean opened = switch (key.use()) {
                case SIGN -> add(vault.openSigning(key), signing);
                case IDENTIFY, IDENTIFY_EC, IDENTIFY_PS -> add(vault.openSigning(key), identifying);
                case ASSERT -> add(vault.openSigning(key), asserting);
                case AUDIT -> add(vault.openSigning(key), auditing);
                case SEAL -> add(vault.openSealing(key), sealing);
            };
            if (!opened) {
                ids.add(key.id());
                claimed.add(key);
            }
        }
        UnreadableKeys unreadable = new UnreadableKeys(ids, claimed);
        return new OpenedKeys(new KeyRing(signing, identifying, asserting, auditing, sealing, unreadable), unreadable);
    }

    private static <T> boolean add(Optional<T> opened, List<T> to) {
        opened.ifPresent(to::add);
        return opened.isPresent();
    }
}
