package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Signing and sealing keys in memory.
final class MemoryKeys implements KeyStore {
    private final Writes writes;

    MemoryKeys(Writes writes) {
        this.writes = writes;
    }

    @Override
    public Stored<StoredKey> prepare(StoredKey key, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (key.api().isPresent() && tables.api(key.api().get()).isEmpty()) {
                return new Stored.Missing<>();
            }
            if (!Insert.key(tables, key)) {
                return new Stored.Conflict<>("the id is in use");
            }
            return recorded(transaction, "key.prepare", tables.key(key.id()).orElseThrow());
        });
    }

    @Override
    public Stored<StoredKey> activate(Id key, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<StoredKey> found = tables.key(key);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            StoredKey prepared = found.get();
            if (prepared.state() != State.PREPARED) {
                return new Stored.Conflict<>("the key is not prepared");
            }
            Optional<Instant> now = Optional.of(Micros.of(act.at()));
            tables.keys.replaceAll((_, other) ->
                    rivals(other, prepared) ? moved(other, State.RETIRED, other.activatedAt(), now) : other);
            return put(transaction, "key.activate", moved(prepared, State.ACTIVE, now, Optional.empty()));
        });
    }

    private static boolean rivals(StoredKey active, StoredKey next) {
        return active.state() == State.ACTIVE
                && active.use() == next.use()
                && active.api().equals(next.api());
    }

    @Override
    public Stored<StoredKey> withdraw(Id key, Act act) {
        return writes.run(act, transaction -> {
            Optional<StoredKey> found = transaction.tables().key(key);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            StoredKey there = found.get();
            if (there.state() == State.WITHDRAWN) {
                return new Stored.Done<>(there);
            }
            Optional<Instant> retired = there.retiredAt().or(() -> Optional.of(Micros.of(act.at())));
            StoredKey erased = moved(there, Encrypted.of(new byte[0]), State.WITHDRAWN, there.activatedAt(), retired);
            return put(transaction, "key.withdraw", erased);
        });
    }

    @Override
    public List<StoredKey> keys() {
        return writes.now().keys.values().stream()
                .filter(key -> key.state() != State.WITHDRAWN)
                .sorted(Comparator.comparing(StoredKey::createdAt))
                .toList();
    }

    private static StoredKey moved(
            StoredKey key, State state, Optional<Instant> activatedAt, Optional<Instant> retiredAt) {
        return moved(key, key.encrypted(), state, activatedAt, retiredAt);
    }

    private static StoredKey moved(
            StoredKey key,
            Encrypted encrypted,
            State state,
            Optional<Instant> activatedAt,
            Optional<Instant> retiredAt) {
        return new StoredKey(
                key.id(),
                key.api(),
                key.use(),
                key.algorithm(),
                state,
                key.publicPart(),
                encrypted,
                key.createdAt(),
                activatedAt,
                retiredAt);
    }

    private static Stored<StoredKey> put(Transaction transaction, String verb, StoredKey key) {
        transaction.tables().keys.put(key.id(), key);
        return recorded(transaction, verb, key);
    }

    private static Stored<StoredKey> recorded(Transaction transaction, String verb, StoredKey key) {
        transaction.audit(
                verb,
                home(transaction.tables(), key),
                key.id(),
                Detail.of("use", key.use().name().toLowerCase(Locale.ROOT))
                        .with("algorithm", key.algorithm())
                        .with("api", key.api().map(Id::text).orElse("")));
        return new Stored.Done<>(key);
    }

    /// The organization of the key's Api; the root for a key of the installation, when there is a root.
    private static Optional<Id> home(Tables tables, StoredKey key) {
        return key.api().isPresent()
                ? key.api().flatMap(tables::api).map(Api::organization)
                : tables.root().map(Organization::id);
    }
}
