package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// Takes everything that is encrypted in the database from one key-encryption key to the next. The file is
/// changed durably before any row is, and each row by itself: stopped anywhere, everything can be read, and the
/// next run goes on where this one stopped.
public final class Rewrap {
    private static final String PART = "rewrap";

    /// Rows that are encrypted besides keys.
    public interface Rows {
        /// None.
        Rows NONE = new Rows() {
            @Override
            public int left() {
                return 0;
            }

            @Override
            public int run() {
                return 0;
            }
        };

        /// Both.
        default Rows and(Rows more) {
            Rows first = this;
            return new Rows() {
                @Override
                public int left() {
                    return first.left() + more.left();
                }

                @Override
                public int run() {
                    return first.run() + more.run();
                }
            };
        }

        /// How many are not under the primary key-encryption key.
        int left();

        /// Encrypts those under it. Returns how many.
        ///
        /// @throws CustodyException when one cannot be read
        int run();
    }

    private final KeyStore store;
    private final Custody custody;
    private final KeyVault vault;
    private final InstantSource clock;
    private final Rows others;

    /// Works on this store and this custody's key file.
    public Rewrap(KeyStore store, Custody custody, CryptoProviders crypto, SecureRandom random, InstantSource clock) {
        this(store, custody, crypto, random, clock, Rows.NONE);
    }

    /// The same where more than keys is encrypted.
    public Rewrap(
            KeyStore store,
            Custody custody,
            CryptoProviders crypto,
            SecureRandom random,
            InstantSource clock,
            Rows others) {
        this.others = others;
        this.store = store;
        this.custody = custody;
        this.vault = new KeyVault(custody, crypto, random);
        this.clock = clock;
    }

    /// Adds a key-encryption key to the file that is not used yet; nothing when there is one already.
    public void prepare() {
        if (!custody.pending()) {
            custody.add();
        }
    }

    /// Makes the added key-encryption key the primary one, after adding one when nothing is left to do with the
    /// one of now, and encrypts every row under it. Returns how many rows it took over.
    ///
    /// @throws CustodyException when a row cannot be read
    public int run() {
        if (!custody.pending() && left() == 0) {
            custody.add();
        }
        if (custody.pending()) {
            custody.promote();
        }
        int done = 0;
        for (List<StoredKey> rows = old(); !rows.isEmpty(); rows = old()) {
            for (StoredKey row : rows) {
                done += rewrapped(row) ? 1 : 0;
            }
        }
        return done + others.run();
    }

    private boolean rewrapped(StoredKey row) {
        KeyStep step = vault.step(row, row.state(), clock.instant())
                .orElseThrow(() -> new CustodyException("The key " + row.id()
                        + " in the database cannot be decrypted with this key file, so that nothing more is re-encrypted."
                        + " Restore its row or retire it, then run this again."));
        return store.advance(List.of(step), Act.system(PART, clock.instant())) instanceof Stored.Done<List<StoredKey>>;
    }

    /// Takes all but the primary key-encryption key out of the file.
    ///
    /// @throws CustodyException when a row is still under one of them
    public void dropOld() {
        int left = left();
        if (custody.pending() || left > 0) {
            throw new CustodyException("The old key-encryption keys are still needed: " + left
                    + " rows in the database are under one of them"
                    + (custody.pending() ? ", and the key that was added is not in use yet" : "")
                    + ". Run `gatehouse keys rewrap` first.");
        }
        custody.dropOthers();
    }

    /// How many rows are not under the primary key-encryption key.
    public int left() {
        return old().size() + store.keys().unsound().size() + others.left();
    }

    private List<StoredKey> old() {
        return store.keys().sound().stream()
                .filter(row -> !vault.underPrimary(row))
                .toList();
    }
}
