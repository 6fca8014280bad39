package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKeys;
import java.time.Instant;
import java.util.ArrayList;
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
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            if (key.api().isPresent() && tables.api(key.api().get()).isEmpty()) {
                return new Stored.Missing<>();
            }
            if (!Insert.key(tables, key)) {
                return new Stored.Conflict<>("a key is prepared already");
            }
            return recorded(transaction, "key.prepare", tables.key(key.id()).orElseThrow());
        });
    }

    @Override
    public Stored<List<StoredKey>> advance(List<KeyStep> steps, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            List<StoredKey> advanced = new ArrayList<>();
            for (KeyStep step : steps) {
                StoredKey after = step.after();
                boolean current = tables.key(after.id())
                        .filter(row -> row.version() == step.before().version()
                                && row.state() == step.before().state())
                        .isPresent();
                if (!current || tables.keys.values().stream().anyMatch(other -> excludes(other, after))) {
                    return new Stored.Conflict<>(
                            "somebody else changed the key " + step.before().id());
                }
                tables.keys.put(after.id(), after);
                record(transaction, step.verb(), after);
                advanced.add(after);
            }
            return new Stored.Done<>(advanced);
        });
    }

    private static boolean excludes(StoredKey other, StoredKey next) {
        boolean single = next.state() == State.ACTIVE || next.state() == State.PREPARED;
        return single
                && other.state() == next.state()
                && !other.id().equals(next.id())
                && other.use() == next.use()
                && other.api().equals(next.api());
    }

    @Override
    public Stored<Id> withdraw(Id key, Act act) {
        return writes.narrow(act, transaction -> {
            Optional<StoredKey> found = transaction.tables().key(key);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (found.get().state() != State.WITHDRAWN) {
                StoredKey erased = withdrawn(found.get(), Micros.of(act.at()));
                transaction.tables().keys.put(key, erased);
                record(transaction, "key.withdraw", erased);
            }
            return new Stored.Done<>(key);
        });
    }

    @Override
    public Optional<StoredKey> key(Id key) {
        return writes.now().key(key);
    }

    @Override
    public StoredKeys keys() {
        return new StoredKeys(
                writes.now().keys.values().stream()
                        .filter(key -> key.state() != State.WITHDRAWN)
                        .sorted(Comparator.comparing(StoredKey::createdAt))
                        .toList(),
                List.of());
    }

    private static StoredKey withdrawn(StoredKey key, Instant now) {
        return new StoredKey(
                key.id(),
                key.api(),
                key.use(),
                key.algorithm(),
                State.WITHDRAWN,
                key.publicPart(),
                Encrypted.of(new byte[0]),
                key.createdAt(),
                key.activatedAt(),
                key.retiredAt().or(() -> Optional.of(now)),
                key.nextVersion());
    }

    private static Stored<StoredKey> recorded(Transaction transaction, String verb, StoredKey key) {
        record(transaction, verb, key);
        return new Stored.Done<>(key);
    }

    private static void record(Transaction transaction, String verb, StoredKey key) {
        transaction.audit(
                verb,
                home(transaction.tables(), key),
                key.id(),
                Detail.of("use", key.use().name().toLowerCase(Locale.ROOT))
                        .with("algorithm", key.algorithm())
                        .with("api", key.api().map(Id::text).orElse("")));
    }

    /// The organization of the key's Api; the root for a key of the installation, when there is a root.
    private static Optional<Id> home(Tables tables, StoredKey key) {
        return key.api().isPresent()
                ? key.api().flatMap(tables::api).map(Api::organization)
                : tables.root().map(Organization::id);
    }
}
