package dev.gatehouse.server.connect;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.custody.CustodyVault;
import dev.gatehouse.oauth.keys.Rewrap;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes the credentials of connections from one key-encryption key to the next, each row by itself; run again
/// after an interruption it goes on. A credential that somebody writes meanwhile is under the new key already.
public record CredentialRewrap(ConnectionStore store, Custody custody, InstantSource clock) implements Rewrap.Rows {
    private static final int AT_ONCE = 200;

    @Override
    public int left() {
        return counted(this::old);
    }

    @Override
    public int run() {
        return counted(row -> old(row) && known(row) && rewrapped(row));
    }

    /// A revoked connection is never used again.
    private boolean old(SealedConnection row) {
        return !row.connection().standing().revoked() && !custody.underPrimary(row.sealed());
    }

    /// What a later release wrote only that can open: it stays under the key that it has, and is counted as left.
    private static boolean known(SealedConnection row) {
        return row.connection().kind() != ConnectionKind.UNKNOWN;
    }

    private int counted(Predicate<SealedConnection> row) {
        int count = 0;
        Optional<Id> after = Optional.empty();
        for (List<SealedConnection> rows = store.sealed(after, AT_ONCE);
                !rows.isEmpty();
                rows = store.sealed(after, AT_ONCE)) {
            count += (int) rows.stream().filter(row).count();
            after = Optional.of(rows.getLast().connection().id());
        }
        return count;
    }

    private boolean rewrapped(SealedConnection row) {
        CustodyVault vault = new CustodyVault(custody);
        byte[] plain = vault.open(row.connection(), row.sealed())
                .orElseThrow(() -> new CustodyException("The credential of the connection "
                        + row.connection().id()
                        + " cannot be decrypted with this key file, so that nothing more is re-encrypted."
                        + " Restore its row or put another credential in its place, then run this again."));
        Act act = Act.system("rewrap", clock.instant());
        return store.rewrap(row, vault.seal(row.connection(), row.connection().credential(), plain), act)
                instanceof Stored.Done;
    }
}
