package dev.gatehouse.server.trace;

import dev.gatehouse.core.http.HttpFacts;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a caller says about the trace that its request belongs to (W3C Trace Context).
///
/// @param context the caller's span, or none: the request begins a trace
/// @param state `tracestate`, for the upstream alone: what a caller writes there is not exported
record Caller(Context context, Optional<String> state) {
    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";

    /// Section 3.3.1.5: what must be passed on at least; here also the most.
    private static final int MAX_STATE = 512;

    /// Version 00 has 55 characters; later ones may add to that (section 4).
    private static final int MAX_PARENT = 128;

    private static final Caller NOBODY = new Caller(Context.root(), Optional.empty());

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String parent) {
            return List.of(PARENT);
        }

        @Override
        public @Nullable String get(@Nullable String parent, String key) {
            return key.equals(PARENT) ? parent : null;
        }
    };

    /// Section 4.3: a `traceparent` that cannot be read is as good as none, and takes `tracestate` with it.
    static Caller of(HttpFacts head) {
        return head.only(PARENT)
                .filter(parent -> parent.length() <= MAX_PARENT)
                .map(parent -> W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, GETTER))
                .filter(context -> Span.fromContext(context).getSpanContext().isValid())
                .map(context -> new Caller(context, state(head)))
                .orElse(NOBODY);
    }

    private static Optional<String> state(HttpFacts head) {
        String state = String.join(",", head.values(STATE));
        boolean readable = state.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return readable && !state.isBlank() && state.length() <= MAX_STATE ? Optional.of(state) : Optional.empty();
    }
}
