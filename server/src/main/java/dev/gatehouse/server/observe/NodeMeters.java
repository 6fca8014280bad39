package dev.gatehouse.server.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// The state of a node: whether its facts are fresh, what is open, and the process itself.
public final class NodeMeters implements AutoCloseable {
    private final JvmGcMetrics gc = new JvmGcMetrics();

    /// @param fresh whether requests can be decided here
    /// @param open how many exchanges wait for a caller or an upstream
    /// @param forgotten how often what somebody owes under a limit was forgotten for want of room
    public NodeMeters(MeterRegistry registry, BooleanSupplier fresh, IntSupplier open, LongSupplier forgotten) {
        Gauge.builder("gatehouse.facts.fresh", () -> fresh.getAsBoolean() ? 1 : 0)
                .description("1 while this node's facts are fresh and requests can be decided, otherwise 0")
                .register(registry);
        Gauge.builder("gatehouse.http.open", open::getAsInt)
                .description("Requests that wait for their caller or an upstream")
                .register(registry);
        FunctionCounter.builder("gatehouse.limits.forgotten", forgotten, LongSupplier::getAsLong)
                .description("Callers whose use of a limit was forgotten for want of room, so that they may do more")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    @Override
    public void close() {
        gc.close();
    }
}
