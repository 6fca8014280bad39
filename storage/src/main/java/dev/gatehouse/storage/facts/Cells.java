package dev.gatehouse.storage.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.id.Id;

/// The cells of one kind by id. A cell stays as long as anything points at it and goes with the last pointer, so
/// the caches that hold the pointers bound this too; one that was evicted while still pointed at would miss its
/// invalidation.
final class Cells<T> {
    private final Cache<Id, Cell<T>> byId =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    Cell<T> of(Id id) {
        return byId.get(id, Cell::new);
    }

    /// Whether there was a cell to drop.
    boolean drop(Id id) {
        Cell<T> cell = byId.getIfPresent(id);
        if (cell == null) {
            return false;
        }
        cell.drop();
        return true;
    }

    void dropAll() {
        byId.asMap().values().forEach(Cell::drop);
    }
}
