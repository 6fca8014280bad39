package dev.gatehouse.server.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws which requests are traced. Not by the trace id, as is usual: that may be the caller's choice.
///
/// @param random for all threads
record Ratio(double ratio, RandomGenerator random) implements Sampler {
    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return random.nextDouble() < ratio ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    /// The sampler of a node: parts follow their request; a request follows its caller only where callers decide.
    static Sampler of(double ratio, boolean followCallers, RandomGenerator random) {
        Sampler drawn = new Ratio(ratio, random);
        return followCallers
                ? Sampler.parentBased(drawn)
                : Sampler.parentBasedBuilder(drawn)
                        .setRemoteParentSampled(drawn)
                        .setRemoteParentNotSampled(drawn)
                        .build();
    }

    @Override
    public String getDescription() {
        return "Ratio " + ratio;
    }
}
