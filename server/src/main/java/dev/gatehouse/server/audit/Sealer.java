package dev.gatehouse.server.audit;

import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.audit.Sealing.Step;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.oauth.keys.Keys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals the audit trail each second, in bounded batches, beside everything else: no writer waits for it, and
/// what it cannot do now it does later.
public final class Sealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int STEPS_A_ROUND = 50;

    private final Sealing sealing;
    private final Keys keys;
    private final LongSupplier nanos;
    private final Counter seals;
    private final Counter rows;
    private final Counter forged;
    private final Counter failures;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile long doneNanos;
    private volatile boolean failing;
    private volatile boolean broken;

    /// A sealer that waits to be told to start.
    ///
    /// @param nanos the monotonic clock
    public Sealer(AuditStore store, Keys keys, MeterRegistry registry, InstantSource clock, LongSupplier nanos) {
        this.sealing = new Sealing(store, clock);
        this.keys = keys;
        this.nanos = nanos;
        this.doneNanos = nanos.getAsLong();
        this.seals = counter(registry, "gatehouse.audit.seals", "Seals that this node added to the audit trail");
        this.rows = counter(registry, "gatehouse.audit.sealed.rows", "Audit rows that this node sealed");
        this.forged = counter(
                registry, "gatehouse.audit.forged.rows", "Audit rows whose MAC was wrong when this node sealed them");
        this.failures =
                counter(registry, "gatehouse.audit.seal.failures", "Rounds of sealing that ended with an error");
        Gauge.builder("gatehouse.audit.unsealed.seconds", this::unsealedSeconds)
                .description("Seconds since this node last found the whole audit trail sealed")
                .register(registry);
        Gauge.builder("gatehouse.audit.chain.broken", () -> broken ? 1 : 0)
                .description("1 since this node found a seal gone or altered that it had seen as the last one")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private double unsealedSeconds() {
        return (nanos.getAsLong() - doneNanos) / 1e9;
    }

    /// What somebody should look at, for `/readyz`.
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (failing) {
            warnings.add("the audit trail cannot be sealed now");
        }
        if (broken) {
            warnings.add("the end of the audit trail was cut off or altered");
        }
        return warnings;
    }

    /// Begins to seal; closing ends it.
    public Sealer start() {
        Thread.ofPlatform().name("audit-sealer").daemon().start(this::run);
        return this;
    }

    private void run() {
        try {
            do {
                round();
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Seals what is there now, as far as one round goes.
    void round() {
        try {
            if (!sealing.continued() && !broken) {
                broken = true;
                LOG.error("the end of the audit trail that this node knew is gone or altered: somebody changed the"
                        + " database, or it was restored from a backup; `gatehouse audit verify` says more");
            }
            for (int i = 0; i < STEPS_A_ROUND && stop.getCount() > 0; i++) {
                if (done(sealing.step(this::signed))) {
                    doneNanos = nanos.getAsLong();
                    break;
                }
            }
            failing = false;
        } catch (FactsUnavailable e) {
            failed("the audit trail is not sealed now and will be later: " + e.getMessage());
        } catch (RuntimeException e) {
            failed("the audit trail cannot be sealed");
            LOG.error("sealing failed", e);
        }
    }

    private boolean done(Step step) {
        return switch (step) {
            case Step.Nothing() -> true;
            case Step.Lost() -> false;
            case Step.Sealed(AuditSeal seal, long wrong) -> {
                seals.increment();
                rows.increment((double) seal.count());
                forged.increment((double) wrong);
                if (wrong > 0) {
                    LOG.error(
                            "{} audit rows with a wrong MAC are in seal {}: Gatehouse did not write them so",
                            wrong,
                            seal.number());
                }
                yield false;
            }
        };
    }

    private void failed(String what) {
        failures.increment();
        if (!failing) {
            LOG.warn("{}", what);
        }
        failing = true;
    }

    private String signed(byte[] payload) {
        keys.catchUp();
        return keys.ring()
                .auditing()
                .orElseThrow(() -> new FactsUnavailable("no key signs seals"))
                .writer()
                .write(payload);
    }

    /// Ends sealing at the next batch; the thread is not waited for, since the store answers it in bounded time.
    @Override
    public void close() {
        stop.countDown();
    }
}
