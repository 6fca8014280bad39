package dev.gatehouse.server.trace;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.http.RequestTrace;
import dev.gatehouse.server.http.Tracer;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/// Traces requests and sends their spans to a collector.
public final class Tracing implements Tracer, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration EXPORT = Duration.ofSeconds(4);
    private static final int MOST_ATTRIBUTES = 32;
    private static final int MAX_ATTRIBUTE = 256;

    /// Held, so that its level stays: [Exports] says what happens, once, in our own log.
    private final Logger library = Logger.getLogger("io.opentelemetry");

    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer tracer;

    /// @param random seeds the choice of requests
    public Tracing(NodeConfig.Tracing config, MeterRegistry registry, RandomGenerator random) {
        library.setLevel(Level.OFF);
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(config.endpoint().toString())
                .setConnectTimeout(CONNECT)
                .setTimeout(EXPORT)
                .setRetryPolicy(null)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.name"), config.serviceName()))))
                .setSampler(Ratio.of(config.sampleRatio(), config.followCallers(), new Random(random.nextLong())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfAttributes(MOST_ATTRIBUTES)
                        .setMaxAttributeValueLength(MAX_ATTRIBUTE)
                        .build())
                .addSpanProcessor(new Exports(exporter, registry))
                .build();
        tracer = provider.get("dev.gatehouse");
    }

    @Override
    public Optional<RequestTrace> begin(HttpFacts head) {
        return Optional.of(new RequestSpan(tracer, head));
    }

    /// Sends what is left, as long as the collector takes it, and ends.
    @Override
    public void close() {
        provider.close();
    }
}
