package dev.gatehouse.server.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Spans on their way to the collector. Requests leave a span and go on, never waiting for anything; a thread
/// sends what has come. What does not fit and what the collector does not take is counted, not kept.
final class Exports implements SpanProcessor {
    static final int MOST_WAITING = 8192;
    private static final int MOST_AT_ONCE = 512;
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    private final SpanExporter exporter;
    private final BlockingQueue<ReadableSpan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Counter exported;
    private final Counter tooMany;
    private final Counter refused;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private boolean reached = true;

    Exports(SpanExporter exporter, MeterRegistry registry) {
        this.exporter = exporter;
        this.exported = Counter.builder("gatehouse.spans.exported")
                .description("Spans that the collector took")
                .register(registry);
        this.tooMany = lost("queue", registry);
        this.refused = lost("collector", registry);
        this.thread = Thread.ofPlatform().name("traces").daemon().start(this::run);
    }

    private static Counter lost(String why, MeterRegistry registry) {
        return Counter.builder("gatehouse.spans.lost")
                .description("Spans that are in no trace because too many waited, or the collector did not take them")
                .tag("why", why)
                .register(registry);
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && !waiting.offer(span)) {
            tooMany.increment();
        }
    }

    private void run() {
        try {
            while (goesOn()) {
                send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for a full batch or for a while; false once it is to stop, however many wait.
    private boolean goesOn() throws InterruptedException {
        boolean full = waiting.size() >= MOST_AT_ONCE;
        return stop.getCount() > 0 && (full || !stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Sends one batch; false when the collector did not take it.
    private boolean send() {
        List<ReadableSpan> batch = new ArrayList<>();
        waiting.drainTo(batch, MOST_AT_ONCE);
        if (batch.isEmpty()) {
            return true;
        }
        List<SpanData> data = batch.stream().map(ReadableSpan::toSpanData).toList();
        CompletableResultCode result = exporter.export(data).join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        (result.isSuccess() ? exported : refused).increment(data.size());
        if (result.isSuccess() && !reached) {
            LOG.info("the collector takes traces again");
        } else if (!result.isSuccess() && reached) {
            LOG.warn("the collector does not take traces: {}", reason(result));
        }
        reached = result.isSuccess();
        return reached;
    }

    private static String reason(CompletableResultCode result) {
        return Stream.iterate(result.getFailureThrowable(), Objects::nonNull, Throwable::getCause)
                .reduce((_, cause) -> cause)
                .map(Throwable::toString)
                .orElse("no answer in " + PATIENCE.toSeconds() + " s");
    }

    /// Sends what waits, as long as the collector takes it.
    @Override
    public CompletableResultCode shutdown() {
        stop.countDown();
        try {
            thread.join();
            while (!waiting.isEmpty()) {
                if (!send()) {
                    refused.increment(waiting.size());
                    waiting.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return exporter.shutdown();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
