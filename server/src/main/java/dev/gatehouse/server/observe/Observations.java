package dev.gatehouse.server.observe;

import dev.gatehouse.core.decide.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Counts decisions and logs refusals. Labels are Api names and the fixed reasons of [Refusal], never anything
/// that a caller sent, so that the number of series is bounded (GAUNTLET M05, N01).
public final class Observations {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.refused");

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final LineBudget budget;

    /// @param budget how many refusals may be logged, so that a flood of them is never a flood of writes
    public Observations(MeterRegistry registry, LineBudget budget) {
        this.registry = registry;
        this.budget = budget;
    }

    /// A call or a mint was allowed at this Api.
    public void allowed(String api) {
        count(api, "allowed");
    }

    /// A request was refused at this Api.
    public void refused(String api, String requestId, Refusal refusal) {
        String reason = refusal.reason();
        count(api, reason);
        if (LOG.isInfoEnabled() && budget.take()) {
            LoggingEventBuilder line = LOG.atInfo()
                    .addKeyValue("api", api)
                    .addKeyValue("request", requestId)
                    .addKeyValue("reason", reason);
            if (refusal instanceof Refusal.Unavailable(String what, var _)) {
                line = line.addKeyValue("what", what);
            }
            line.log("refused");
        }
    }

    private void count(String api, String outcome) {
        counters.computeIfAbsent(
                        api + ' ' + outcome,
                        _ -> Counter.builder("gatehouse.decisions")
                                .description("Decisions by Api and outcome")
                                .tag("api", api)
                                .tag("outcome", outcome)
                                .register(registry))
                .increment();
    }
}
