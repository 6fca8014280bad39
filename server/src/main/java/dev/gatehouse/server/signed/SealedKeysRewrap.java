package dev.gatehouse.server.signed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.keys.Rewrap;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Takes signing keys from one key-encryption key to the next, each row by itself; run again after an
/// interruption it goes on.
public record SealedKeysRewrap(MemberStore store, SealedKeys keys, InstantSource clock) implements Rewrap.Rows {
    private static final int AT_ONCE = 200;

    @Override
    public int left() {
        return counted((_, kept) -> !keys.current(kept));
    }

    @Override
    public int run() {
        return counted((row, kept) -> !keys.current(kept) && rewrapped(row, kept));
    }

    private int counted(BiPredicate<Credential, SealedKey> row) {
        int count = 0;
        Optional<Id> after = Optional.empty();
        for (List<Credential> rows = store.signing(after, AT_ONCE);
                !rows.isEmpty();
                rows = store.signing(after, AT_ONCE)) {
            for (Credential one : rows) {
                count += one.evidence() instanceof SealedKey kept && row.test(one, kept) ? 1 : 0;
            }
            after = Optional.of(rows.getLast().id());
        }
        return count;
    }

    private boolean rewrapped(Credential row, SealedKey sealed) {
        byte[] plain = keys.plain(row, sealed)
                .orElseThrow(() -> new CustodyException("The signing key " + row.id()
                        + " cannot be decrypted with this key file, so that nothing more is re-encrypted."
                        + " Restore its row or revoke it, then run this again."));
        Act act = Act.system("rewrap", clock.instant());
        return store.rewrap(row, keys.seal(row.organization(), row.id(), plain), act) instanceof Stored.Done;
    }
}
