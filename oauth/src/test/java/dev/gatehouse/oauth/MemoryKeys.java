package dev.gatehouse.oauth;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keys in a list.
public final class MemoryKeys implements KeyStore {
    private final List<StoredKey> rows = new ArrayList<>();
    private boolean down;
    private int reads;

    /// How often all keys were read.
    public synchronized int reads() {
        return reads;
    }

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
        if (rows.stream().anyMatch(row -> rivals(row, key))) {
            return new Stored.Conflict<>("one is prepared");
        }
        rows.add(key);
        return new Stored.Done<>(key);
    }

    private static boolean rivals(StoredKey row, StoredKey next) {
        return row.state() == next.state()
                && !row.id().equals(next.id())
                && row.use() == next.use()
                && row.api().equals(next.api())
                && (row.state() == State.ACTIVE || row.state() == State.PREPARED);
    }

    @Override
    public synchronized Stored<List<StoredKey>> advance(List<KeyStep> steps, Act act) {
        up();
        List<StoredKey> before = List.copyOf(rows);
        for (KeyStep step : steps) {
            boolean taken = rows.stream()
                    .anyMatch(row -> row.id().equals(step.after().id())
                            && row.version() == step.before().version()
                            && row.state() == step.before().state());
            if (!taken || rows.stream().anyMatch(row -> rivals(row, step.after()))) {
                rows.clear();
                rows.addAll(before);
                return new Stored.Conflict<>("somebody was first");
            }
            rows.replaceAll(row -> row.id().equals(step.after().id()) ? step.after() : row);
        }
        return new Stored.Done<>(steps.stream().map(KeyStep::after).toList());
    }

    @Override
    public synchronized Stored<Id> withdraw(Id id, Act act) {
        up();
        if (row(id).isEmpty()) {
            return new Stored.Missing<>();
        }
        rows.removeIf(row -> row.id().equals(id));
        return new Stored.Done<>(id);
    }

    @Override
    public synchronized Optional<StoredKey> key(Id id) {
        up();
        return row(id);
    }

    @Override
    public synchronized StoredKeys keys() {
        reads++;
        up();
        return new StoredKeys(
                rows.stream().filter(row -> row.state() != State.WITHDRAWN).toList(), List.of());
    }

    private Optional<StoredKey> row(Id id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    private void up() {
        if (down) {
            throw new FactsUnavailable("the test took the database away");
        }
    }
}
