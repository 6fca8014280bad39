package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.SigningAlgorithm;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKey.Use;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The life of the installation's signing and sealing keys, and the ring of those in use.
public final class Keys {
    /// How long verifiers may keep a JWKS document; a key that is prepared this long before it is activated is
    /// known to all of them.
    public static final long JWKS_SECONDS = 300;

    private static final System.Logger LOG = System.getLogger(Keys.class.getName());
    private static final String PART = "keys";

    private final KeyStore store;
    private final KeyVault vault;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile KeyRing ring = KeyRing.EMPTY;
    private volatile boolean behind = true;

    /// Keys of this store, their private parts in this custody. [#start(List)] comes before everything else.
    public Keys(KeyStore store, Custody custody, CryptoProviders crypto, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.vault = new KeyVault(custody, crypto, random);
        this.clock = clock;
    }

    /// Loads all keys and draws those that are missing.
    ///
    /// @throws CustodyException when a stored key cannot be opened: the key file does not belong to this
    /// database, or a row was altered
    public void start(List<Api> apis) {
        List<Id> unreadable = load();
        if (!unreadable.isEmpty()) {
            throw new CustodyException(
                    "The keys " + unreadable + " in the database cannot be decrypted with this key file. Either the"
                            + " key file belongs to another installation (put the right one back from your backup) or these rows"
                            + " were altered (restore them from your backup).");
        }
        complete(apis);
    }

    private void complete(List<Api> apis) {
        if (ring().sealing().isEmpty()) {
            rotateSealing(itself());
        }
        if (ring().asserting().isEmpty()) {
            rotateAsserting(itself());
        }
        apis.forEach(this::ensure);
    }

    /// The keys as they are now.
    ///
    /// @throws FactsUnavailable when the keys changed and could not be read; one caller at a time tries again
    public KeyRing ring() {
        if (behind) {
            if (!reading.tryLock()) {
                throw new FactsUnavailable("the signing keys are being read");
            }
            try {
                reload();
            } finally {
                reading.unlock();
            }
        }
        return ring;
    }

    /// To be called when the store tells of a change to the keys, and again until it returns. When they cannot be
    /// read nothing is signed or accepted until they are.
    ///
    /// @throws FactsUnavailable when they cannot be read now
    public void changed() {
        reload();
    }

    private void reload() {
        List<Id> unreadable = load();
        if (!unreadable.isEmpty()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "keys {0} cannot be decrypted and are not used: their rows were altered",
                    unreadable);
        }
    }

    private List<Id> load() {
        reading.lock();
        try {
            behind = true;
            return loadNow();
        } finally {
            reading.unlock();
        }
    }

    private List<Id> loadNow() {
        List<SigningKey> signing = new ArrayList<>();
        List<SigningKey> asserting = new ArrayList<>();
        List<SealingKey> sealing = new ArrayList<>();
        List<Id> unreadable = new ArrayList<>();
        for (StoredKey key : store.keys()) {
            boolean opened = switch (key.use()) {
                case SIGN -> add(vault.openSigning(key), signing);
                case ASSERT -> add(vault.openSigning(key), asserting);
                case SEAL -> add(vault.openSealing(key), sealing);
            };
            if (!opened) {
                unreadable.add(key.id());
            }
        }
        ring = new KeyRing(signing, asserting, sealing);
        behind = false;
        return unreadable;
    }

    private static <T> boolean add(Optional<T> opened, List<T> to) {
        opened.ifPresent(to::add);
        return opened.isPresent();
    }

    /// Sees to it that an Api that issues JWTs has an active key of its algorithm. Blocks; an RSA key takes a
    /// moment.
    public synchronized void ensure(Api api) {
        if (api.tokens().format() == TokenFormat.JWT
                && ring().signing(api.id(), api.tokens().algorithm()).isEmpty()) {
            rotate(api, itself());
        }
    }

    /// Draws the next key of an Api and publishes it without using it yet.
    public synchronized Stored<StoredKey> prepare(Api api, Act act) {
        return prepared(
                vault.drawSigning(Use.SIGN, Optional.of(api.id()), api.tokens().algorithm(), clock.instant()), act);
    }

    /// Activates a prepared key; the one before is accepted until its last token has died.
    public synchronized Stored<StoredKey> activate(Id key, Act act) {
        return reloaded(store.activate(key, act));
    }

    /// Activates the newest prepared key of an Api, or a fresh one when none is prepared.
    public synchronized Stored<StoredKey> rotate(Api api, Act act) {
        return rotate(
                key -> key.use() == Use.SIGN
                        && key.api().equals(Optional.of(api.id()))
                        && key.algorithm().equals(api.tokens().algorithm().wire()),
                () -> vault.drawSigning(
                        Use.SIGN, Optional.of(api.id()), api.tokens().algorithm(), clock.instant()),
                act);
    }

    /// Activates a new sealing key.
    public synchronized Stored<StoredKey> rotateSealing(Act act) {
        return rotate(key -> key.use() == Use.SEAL, () -> vault.drawSealing(clock.instant()), act);
    }

    /// Activates a new key for assertions to upstreams.
    public synchronized Stored<StoredKey> rotateAsserting(Act act) {
        return rotate(
                key -> key.use() == Use.ASSERT,
                () -> vault.drawSigning(Use.ASSERT, Optional.empty(), SigningAlgorithm.ES256, clock.instant()),
                act);
    }

    /// Ends a key: nothing that was made under it is accepted from now on. When it was active another one takes
    /// its place.
    public synchronized Stored<StoredKey> withdraw(Id key, List<Api> apis, Act act) {
        Stored<StoredKey> withdrawn = reloaded(store.withdraw(key, act));
        if (withdrawn instanceof Stored.Done<StoredKey>) {
            complete(apis);
        }
        return withdrawn;
    }

    private Stored<StoredKey> rotate(Predicate<StoredKey> same, Supplier<StoredKey> fresh, Act act) {
        Optional<Id> prepared = store.keys().stream()
                .filter(same)
                .filter(key -> key.state() == State.PREPARED)
                .map(StoredKey::id)
                .reduce((_, last) -> last);
        if (prepared.isPresent()) {
            return reloaded(store.activate(prepared.get(), act));
        }
        return switch (prepared(fresh.get(), act)) {
            case Stored.Done<StoredKey>(StoredKey key) -> reloaded(store.activate(key.id(), act));
            case Stored.Missing<StoredKey> missing -> missing;
            case Stored.Conflict<StoredKey> conflict -> conflict;
            case Stored.Moved<StoredKey> moved -> moved;
            case Stored.Full<StoredKey> full -> full;
        };
    }

    private Stored<StoredKey> prepared(StoredKey key, Act act) {
        return reloaded(store.prepare(key, act));
    }

    private Stored<StoredKey> reloaded(Stored<StoredKey> outcome) {
        try {
            reload();
        } catch (FactsUnavailable e) {
            // What was written is written; nothing is signed or accepted until it was read.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the signing keys changed and cannot be read yet: {0}",
                    e.getMessage());
        }
        return outcome;
    }

    private Act itself() {
        return Act.system(PART, clock.instant());
    }
}
