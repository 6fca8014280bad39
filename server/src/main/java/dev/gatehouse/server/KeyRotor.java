package dev.gatehouse.server;

import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.keys.Rotation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the keys take the steps that are due: looks every second, which costs nothing when none is, and reads all
/// keys again every minute, so that a row that was altered is found. Whatever fails is logged, counted and tried
/// again.
final class KeyRotor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotor.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int ROUNDS_BETWEEN_INSPECTIONS = 60;
    private static final int ROUNDS_AFTER_FAILURE = 10;

    private final Rotation rotation;
    private final Counter failures;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    KeyRotor(Rotation rotation, MeterRegistry registry) {
        this.rotation = rotation;
        this.failures = Counter.builder("gatehouse.key.rotation.failures")
                .description("Rounds of key rotation that failed and were tried again")
                .register(registry);
        for (StoredKey.Use use : StoredKey.Use.values()) {
            meter(use, registry);
        }
        Gauge.builder("gatehouse.keys.unreadable", rotation::unreadable)
                .description("Stored keys that are not used because their rows were altered")
                .register(registry);
        this.thread = Thread.ofPlatform().name("key-rotor").daemon().start(this::run);
    }

    private void meter(StoredKey.Use use, MeterRegistry registry) {
        String name = use.name().toLowerCase(Locale.ROOT);
        Gauge.builder("gatehouse.key.age.seconds", () -> seconds(rotation.age(use)))
                .description("Age of the oldest active key of this use")
                .tag("use", name)
                .register(registry);
        Gauge.builder("gatehouse.key.rotation.due.seconds", () -> seconds(rotation.untilNext(use)))
                .description("Until the next key of this use becomes active; below zero when that is late")
                .tag("use", name)
                .register(registry);
    }

    private static double seconds(Optional<Duration> time) {
        return time.map(some -> (double) some.toSeconds()).orElse(Double.NaN);
    }

    private void run() {
        int untilRound = 1;
        int untilInspection = ROUNDS_BETWEEN_INSPECTIONS;
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                untilRound--;
                untilInspection--;
                if (untilRound <= 0) {
                    untilRound = round(untilInspection <= 0) ? 1 : ROUNDS_AFTER_FAILURE;
                    untilInspection = untilInspection <= 0 ? ROUNDS_BETWEEN_INSPECTIONS : untilInspection;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean round(boolean inspect) {
        try {
            if (inspect) {
                rotation.inspect();
            }
            var _ = rotation.round();
            return true;
        } catch (RuntimeException e) {
            failures.increment();
            LOG.warn("key rotation failed and is tried again: {}", e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
