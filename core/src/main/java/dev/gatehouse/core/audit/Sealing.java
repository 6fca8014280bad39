package dev.gatehouse.core.audit;

import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.AuditStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Seals what is committed and in no seal yet, batch by batch. Any number of nodes may do it at once: who inserts
/// the next number is the one sealer of that seal, and the others look again. One thread.
public final class Sealing {
    private final AuditStore store;
    private final InstantSource clock;
    private Optional<AuditSeal> seen = Optional.empty();

    /// Seals over this store.
    public Sealing(AuditStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What came of one batch.
    public sealed interface Step {
        /// A seal was added.
        ///
        /// @param forged how many of its rows have a wrong MAC
        record Sealed(AuditSeal seal, long forged) implements Step {}

        /// Another node was first.
        record Lost() implements Step {}

        /// All is sealed.
        record Nothing() implements Step {}
    }

    /// Seals the next batch.
    ///
    /// @param sign makes a compact JWS of type [Seals#TYPE] over a payload
    public Step step(Function<byte[], String> sign) {
        List<AuditRow> rows = store.unsealed(Seals.MAX_ROWS);
        if (rows.isEmpty()) {
            return new Step.Nothing();
        }
        AuditSeal seal = Seals.next(store.lastSeal(), rows, clock.instant(), sign);
        if (!store.seal(seal, rows.stream().map(AuditRow::position).toList())) {
            return new Step.Lost();
        }
        return new Step.Sealed(seal, rows.stream().filter(row -> !row.valid()).count());
    }

    /// Whether the seal that was the last one at the call before is still there, as it was. The end of a chain
    /// can be cut off without a trace in what remains; whoever saw the end knows.
    public boolean continued() {
        boolean continued = seen.isEmpty()
                || store.seals(seen.get().number() - 1, 1).stream().findFirst().equals(seen);
        seen = store.lastSeal();
        return continued;
    }
}
