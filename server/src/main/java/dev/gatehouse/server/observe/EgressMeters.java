package dev.gatehouse.server.observe;

import dev.gatehouse.egress.EgressListener;
import dev.gatehouse.egress.Fetched;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How many requests go to servers that somebody else names, what came of them, and how long they take. No label
/// names a host: those are chosen by whoever connects.
public final class EgressMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private record Label(String use, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Label, Timer> timers = new ConcurrentHashMap<>();

    public EgressMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts the requests of one use.
    ///
    /// @param use a word of a fixed list
    public EgressListener of(String use) {
        var _ = timers.computeIfAbsent(new Label(use, "2xx"), this::timer);
        return (_, outcome, nanos) -> timers.computeIfAbsent(new Label(use, word(outcome)), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /// Statuses that nobody has defined are one outcome.
    private static String word(Fetched outcome) {
        return outcome instanceof Fetched.Answer answer && (answer.status() < 100 || answer.status() > 599)
                ? "odd"
                : outcome.word();
    }

    private Timer timer(Label label) {
        return Timer.builder("gatehouse.egress.requests")
                .description(
                        "Requests to servers of others by use and outcome, with the time until the answer was read")
                .tag("use", label.use())
                .tag("outcome", label.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
