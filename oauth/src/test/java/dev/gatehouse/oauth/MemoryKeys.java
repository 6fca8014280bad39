package dev.gatehouse.oauth;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keys in a list.
public final class MemoryKeys implements KeyStore {
    private final List<StoredKey> rows = new ArrayList<>();
    private boolean down;

    /// Whether the database is away.
    public synchronized void down(boolean away) {
        down = away;
    }

    /// Alters rows behind everybody's back.
    public synchronized void tamper(UnaryOperator<StoredKey> how) {
        rows.replaceAll(how);
    }

    @Override
    public synchronized Stored<StoredKey> prepare(StoredKey key, Act act) {
        up();
        rows.add(key);
        return new Stored.Done<>(key);
    }

    @Override
    public synchronized Stored<StoredKey> activate(Id id, Act act) {
        up();
        Optional<StoredKey> found = row(id);
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        StoredKey key = found.get();
        if (key.state() != State.PREPARED) {
            return new Stored.Conflict<>("not prepared");
        }
        rows.replaceAll(row -> row.state() == State.ACTIVE
                        && row.use() == key.use()
                        && row.api().equals(key.api())
                ? with(row, State.RETIRED, row.activatedAt(), Optional.of(act.at()))
                : row);
        StoredKey active = with(key, State.ACTIVE, Optional.of(act.at()), Optional.empty());
        rows.replaceAll(row -> row.id().equals(id) ? active : row);
        return new Stored.Done<>(active);
    }

    @Override
    public synchronized Stored<StoredKey> withdraw(Id id, Act act) {
        up();
        Optional<StoredKey> found = row(id);
        rows.removeIf(row -> row.id().equals(id));
        return found.<Stored<StoredKey>>map(
                        key -> new Stored.Done<>(with(key, State.WITHDRAWN, key.activatedAt(), key.retiredAt())))
                .orElseGet(Stored.Missing::new);
    }

    @Override
    public synchronized List<StoredKey> keys() {
        up();
        return List.copyOf(rows);
    }

    private Optional<StoredKey> row(Id id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    private void up() {
        if (down) {
            throw new FactsUnavailable("the test took the database away");
        }
    }

    static StoredKey with(
            StoredKey key, State state, Optional<java.time.Instant> activated, Optional<java.time.Instant> retired) {
        return new StoredKey(
                key.id(),
                key.api(),
                key.use(),
                key.algorithm(),
                state,
                key.publicPart(),
                key.encrypted(),
                key.createdAt(),
                activated,
                retired);
    }
}
