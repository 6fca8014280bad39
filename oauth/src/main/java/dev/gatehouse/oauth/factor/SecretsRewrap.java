package dev.gatehouse.oauth.factor;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.FactorStore.Totp;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.keys.Rewrap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes the secrets of authenticator apps from one key-encryption key to the next, each row by itself; run again
/// after an interruption it goes on.
public final class SecretsRewrap implements Rewrap.Rows {
    private static final int AT_ONCE = 200;

    private final FactorStore store;
    private final SealedSecrets secrets;

    /// Works on this store and this custody's ring.
    public SecretsRewrap(FactorStore store, Custody custody) {
        this.store = store;
        this.secrets = new SealedSecrets(custody);
    }

    @Override
    public int left() {
        return counted(row -> !secrets.current(row));
    }

    @Override
    public int run() {
        return counted(row -> !secrets.current(row) && rewrapped(row));
    }

    private int counted(Predicate<Totp> counts) {
        int count = 0;
        Optional<Id> after = Optional.empty();
        for (List<Totp> rows = store.totps(after, AT_ONCE); !rows.isEmpty(); rows = store.totps(after, AT_ONCE)) {
            count += (int) rows.stream().filter(counts).count();
            after = Optional.of(rows.getLast().user());
        }
        return count;
    }

    private boolean rewrapped(Totp row) {
        byte[] plain = secrets.plain(row)
                .orElseThrow(() -> new CustodyException("The second factor of " + row.user()
                        + " cannot be decrypted with this key file, so that nothing more is re-encrypted."
                        + " Restore its row or remove the factor, then run this again."));
        return store.rewrap(row, secrets.seal(row.user(), row.since(), plain));
    }
}
