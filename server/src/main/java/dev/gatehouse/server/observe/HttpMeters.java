package dev.gatehouse.server.observe;

import dev.gatehouse.server.http.Traffic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How many requests there are and how long they take, by listener and class of status.
public final class HttpMeters implements Traffic {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<String, Timer[]> timers = new ConcurrentHashMap<>();

    public HttpMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void done(String listener, int status, long nanos) {
        int group = status >= 100 && status < 600 ? status / 100 : 0;
        timers.computeIfAbsent(listener, this::of)[group].record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer[] of(String listener) {
        Timer[] byClass = new Timer[6];
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] = Timer.builder("gatehouse.http.requests")
                    .description("Requests by listener and class of status, with the time from first to last byte")
                    .tag("listener", listener)
                    .tag("status", i == 0 ? "cut" : i + "xx")
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
        }
        return byClass;
    }
}
