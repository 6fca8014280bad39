package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.ProofStore;
import java.time.Instant;

/// Used proofs of keys.
record MemoryProofs(Writes writes) implements ProofStore {
    @Override
    public boolean use(Bytes proof, Instant until, Instant now) {
        return writes.change(tables -> {
            tables.proofs.values().removeIf(over -> !over.isAfter(now));
            return tables.proofs.putIfAbsent(proof, until) == null;
        });
    }
}
