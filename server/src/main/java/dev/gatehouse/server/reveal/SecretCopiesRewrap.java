package dev.gatehouse.server.reveal;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.keys.Rewrap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes copies of secrets from one key-encryption key to the next, each row by itself; run again after an
/// interruption it goes on.
public record SecretCopiesRewrap(SecretCopyStore store, SecretCopies copies) implements Rewrap.Rows {
    private static final int AT_ONCE = 200;

    @Override
    public int left() {
        return counted(row -> !copies.current(row));
    }

    @Override
    public int run() {
        return counted(row -> !copies.current(row) && rewrapped(row));
    }

    private int counted(Predicate<SecretCopy> counts) {
        int count = 0;
        Optional<Id> after = Optional.empty();
        for (List<SecretCopy> rows = store.copies(after, AT_ONCE);
                !rows.isEmpty();
                rows = store.copies(after, AT_ONCE)) {
            count += (int) rows.stream().filter(counts).count();
            after = Optional.of(rows.getLast().credential());
        }
        return count;
    }

    private boolean rewrapped(SecretCopy row) {
        byte[] plain = copies.plain(row)
                .orElseThrow(() -> new CustodyException("The secret of " + row.credential()
                        + " cannot be decrypted with this key file, so that nothing more is re-encrypted."
                        + " Restore its row or revoke it, then run this again."));
        return store.rewrap(row, copies.seal(row, plain).sealed());
    }
}
