package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.oauth.keys.Keys;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Why this node should be sent no requests now; empty when it can decide all of them.
record Readiness(Leave leave, FactSource facts, Keys keys, LongSupplier nanos) implements Supplier<Optional<String>> {
    @Override
    public Optional<String> get() {
        if (leave.begun()) {
            return Optional.of("This node is about to stop.");
        }
        return facts.fresh(nanos.getAsLong()) ? keys.obstacle() : Optional.of("This node's facts are not fresh.");
    }
}
