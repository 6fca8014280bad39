package dev.gatehouse.server.notice;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What is counted of an outbox.
public record Counts(Counter delivered, Counter failed, Counter givenUp) {
    /// One of them.
    public static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
