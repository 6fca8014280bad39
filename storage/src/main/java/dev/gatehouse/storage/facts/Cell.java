package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import org.jspecify.annotations.Nullable;

/// The place of one fact. Everything below it points here, so that dropping the fact once drops it for all of
/// them.
final class Cell<T> {
    private final Id id;
    private volatile @Nullable T value;

    Cell(Id id) {
        this.id = id;
    }

    /// The name of the fact; the one instance that all facts below it hold.
    Id id() {
        return id;
    }

    /// The fact; null when it has to be read.
    @Nullable
    T value() {
        return value;
    }

    /// The fact, as it is looked for.
    Look<T> look() {
        T fact = value;
        return fact == null ? new Look.Cold<>() : new Look.Known<>(fact);
    }

    void drop() {
        value = null;
    }

    /// Keeps a fact that is there already: of two reads that raced, a node must not go back to the older one.
    void fill(T fact) {
        if (value == null) {
            value = fact;
        }
    }
}
