package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.AssertionStore;
import java.time.Instant;

/// Used assertions.
record MemoryAssertions(Writes writes) implements AssertionStore {
    /// Whose it is and what it is called.
    record Name(Id application, Bytes jti) {}

    @Override
    public boolean use(Id application, Bytes jti, Instant until, Instant now) {
        return writes.change(tables -> {
            tables.assertions.values().removeIf(over -> !over.isAfter(now));
            return tables.assertions.putIfAbsent(new Name(application, jti), until) == null;
        });
    }
}
