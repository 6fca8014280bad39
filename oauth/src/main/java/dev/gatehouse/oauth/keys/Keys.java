package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The life of the installation's signing and sealing keys, and the ring of those in use.
public final class Keys {
    /// How long verifiers may keep a JWKS document; a key that is prepared this long before it is activated is
    /// known to all of them.
    public static final long JWKS_SECONDS = 300;

    private static final System.Logger LOG = System.getLogger(Keys.class.getName());
    private static final String PART = "keys";
    private static final int ATTEMPTS = 3;

    /// The keys as they were last read.
    ///
    /// @param rows those that are not withdrawn and say what a key can say
    /// @param unreadable those that cannot be used, whatever they say
    record State(List<StoredKey> rows, UnreadableKeys unreadable) {
        State {
            rows = List.copyOf(rows);
        }
    }

    private final KeyStore store;
    private final KeyVault vault;
    private final KeySteps steps;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile KeyRing ring = KeyRing.EMPTY;
    private volatile State state = new State(List.of(), UnreadableKeys.NONE);
    private volatile boolean behind = true;

    /// Keys of this store, their private parts in this custody. [#start(List)] comes before everything else.
    public Keys(KeyStore store, Custody custody, CryptoProviders crypto, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.vault = new KeyVault(custody, crypto, random);
        this.steps = new KeySteps(store, vault);
        this.clock = clock;
    }

    /// Loads all keys and draws those that are missing.
    ///
    /// @throws CustodyException when a stored key cannot be opened: the key file does not belong to this
    /// database, or a row was altered
    public void start(List<Api> apis) {
        UnreadableKeys unreadable = load();
        if (!unreadable.isEmpty()) {
            throw new CustodyException("The keys " + unreadable.named()
                    + " in the database cannot be decrypted with this key file, or are not what they were last. Either the"
                    + " key file belongs to another installation (put the right one back from your backup) or these rows"
                    + " were altered (restore them from your backup, and delete that of a key that was retired).");
        }
        Line.needed(apis, state.rows()).forEach(this::ensure);
    }

    /// Sees to it that a line has an active key. Another node may do the same at the same moment.
    private void ensure(Line line) {
        catchUp();
        for (int i = 0; i < ATTEMPTS && !active(line); i++) {
            var _ = reloaded(steps.begin(line, Act.system(PART, clock.instant())));
        }
    }

    private boolean active(Line line) {
        KeyRing now = ring();
        return switch (line.use()) {
            case SEAL -> now.sealing().isPresent();
            case ASSERT -> now.asserting().isPresent();
            case AUDIT -> now.auditing().isPresent();
            case SIGN ->
                line.api()
                        .flatMap(api -> line.algorithm().flatMap(algorithm -> now.signing(api, algorithm)))
                        .isPresent();
            case IDENTIFY, IDENTIFY_EC, IDENTIFY_PS ->
                line.api()
                        .flatMap(api -> line.algorithm().flatMap(algorithm -> now.identifying(api, algorithm)))
                        .isPresent();
        };
    }

    /// The keys as they are now, from memory.
    ///
    /// @throws FactsUnavailable when the keys changed and could not be read: [#catchUp()] where waiting is
    /// allowed
    public KeyRing ring() {
        if (behind) {
            throw new FactsUnavailable("the signing keys changed and were not read yet");
        }
        return ring;
    }

    /// Reads the keys when they changed and could not be read then. Blocks; one caller at a time tries.
    ///
    /// @throws FactsUnavailable when they cannot be read now
    public void catchUp() {
        if (!behind) {
            return;
        }
        if (!reading.tryLock()) {
            throw new FactsUnavailable("the signing keys are being read");
        }
        try {
            if (behind) {
                reload();
            }
        } finally {
            reading.unlock();
        }
    }

    /// To be called when the store tells of a change to the keys, and again until it returns. While they are read
    /// the keys of before stay in use, because the change is not acknowledged yet; when they cannot be read
    /// nothing is signed or accepted until they are.
    ///
    /// @throws FactsUnavailable when they cannot be read now
    public void changed() {
        reload();
    }

    private void reload() {
        UnreadableKeys unreadable = load();
        if (!unreadable.isEmpty()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the keys {0} cannot be decrypted and are not used: their rows were altered, or the key file of this"
                            + " node is older than the last rewrap. Restore what was changed, or retire them",
                    unreadable.named());
        }
    }

    /// Why not everything that needs a key can be decided here now; empty when it can.
    public Optional<String> obstacle() {
        if (behind) {
            return Optional.of("The signing keys changed and cannot be read from the database.");
        }
        return Optional.of(state.unreadable())
                .filter(keys -> !keys.isEmpty())
                .map(keys -> "Keys in the database cannot be decrypted: " + keys.named()
                        + ". Their rows were altered, or this node's key file is not the one of the others.");
    }

    /// The keys as they were last read, without any I/O.
    State state() {
        return state;
    }

    private UnreadableKeys load() {
        reading.lock();
        try {
            return loadNow();
        } catch (RuntimeException e) {
            behind = true;
            throw e;
        } finally {
            reading.unlock();
        }
    }

    private UnreadableKeys loadNow() {
        StoredKeys rows = store.keys();
        OpenedKeys opened = OpenedKeys.of(rows, vault);
        ring = opened.ring();
        state = new State(rows.sound(), opened.unreadable());
        behind = false;
        return opened.unreadable();
    }

    /// Sees to it that the keys are read, and that an Api that signs has active ones of its algorithms.
    /// Blocks; an RSA key takes a moment.
    public synchronized void ensure(Api api) {
        catchUp();
        Line.all(api).forEach(this::ensure);
    }

    /// Sees to it that an Api has a key for ID tokens and other answers of an algorithm. Blocks.
    public synchronized void ensure(Api api, SigningAlgorithm identifying) {
        catchUp();
        ensure(Line.identifying(api, identifying));
    }

    /// The algorithms that an Api has keys of for ID tokens and other answers to clients.
    public List<SigningAlgorithm> identifying(Api api) {
        return Stream.concat(Line.all(api).stream(), Line.asked(api, state().rows()).stream())
                .filter(line -> line.use() != StoredKey.Use.SIGN)
                .flatMap(line -> line.algorithm().stream())
                .toList();
    }

    /// Sees to it that every Api has the key that it needs now; what fails is done by the rotation or by the
    /// first token.
    public synchronized void begin(List<Api> apis) {
        for (Line line : Line.needed(apis, state.rows())) {
            try {
                ensure(line);
            } catch (FactsUnavailable e) {
                LOG.log(System.Logger.Level.WARNING, "a key is drawn later: {0}", e.getMessage());
            }
        }
    }

    /// Draws the next key of an Api, of access tokens where it signs them, and publishes it without using it yet;
    /// answers when every live node knows it. When one is prepared it is that one.
    public synchronized Stored<StoredKey> prepare(Api api, Act act) {
        return reloaded(steps.prepare(Line.all(api).getFirst(), act));
    }

    /// Activates the prepared key of an Api, or a fresh one when none is prepared.
    public synchronized Stored<StoredKey> rotate(Api api, Act act) {
        return reloaded(steps.rotate(Line.of(api), act));
    }

    /// Activates the prepared key of an Api for ID tokens of an algorithm, or a fresh one.
    public synchronized Stored<StoredKey> rotateIdentifying(Api api, SigningAlgorithm algorithm, Act act) {
        return reloaded(steps.rotate(Line.identifying(api, algorithm), act));
    }

    /// Activates the prepared sealing key, or a fresh one.
    public synchronized Stored<StoredKey> rotateSealing(Act act) {
        return reloaded(steps.rotate(Line.SEALING, act));
    }

    /// Draws the next key for assertions and publishes it without using it yet.
    public synchronized Stored<StoredKey> prepareAsserting(Act act) {
        return reloaded(steps.prepare(Line.ASSERTING, act));
    }

    /// Activates the prepared key for assertions to upstreams, or a fresh one.
    public synchronized Stored<StoredKey> rotateAsserting(Act act) {
        return reloaded(steps.rotate(Line.ASSERTING, act));
    }

    /// Activates a new key for the seals of the audit trail.
    public synchronized Stored<StoredKey> rotateAuditing(Act act) {
        return reloaded(steps.rotate(Line.AUDITING, act));
    }

    /// Ends a key: nothing that was made under it is accepted from the answer on, and its private part is erased.
    /// When it was active another one takes its place. Works for rows that cannot be read, too.
    public synchronized Stored<Id> retire(Id key, List<Api> apis, Act act) {
        Stored<Id> retired = reloaded(steps.retire(key, Line.needed(apis, state.rows()), act));
        if (retired instanceof Stored.Done<Id>) {
            begin(apis);
        }
        return retired;
    }

    /// Takes a step that is due. A conflict says that another node took it.
    synchronized void take(Due due) {
        Act act = Act.system(PART, clock.instant());
        Stored<?> outcome = switch (due) {
            case Due.Begin(Line line) -> steps.begin(line, act);
            case Due.Prepare(Line line) -> steps.prepare(line, act);
            case Due.Activate(Line line, StoredKey next) -> steps.activate(line, next, act);
            case Due.End(Id key) -> steps.end(key, act);
        };
        LOG.log(
                System.Logger.Level.INFO,
                "key rotation: {0}",
                outcome instanceof Stored.Done<?> ? "done " + due : "not done here " + due);
        var _ = reloaded(outcome);
    }

    private <T> T reloaded(T outcome) {
        try {
            reload();
        } catch (FactsUnavailable e) {
            // What was written is written; nothing is signed or accepted until it was read.
            LOG.log(System.Logger.Level.WARNING, "the keys changed and cannot be read yet: {0}", e.getMessage());
        }
        return outcome;
    }
}
