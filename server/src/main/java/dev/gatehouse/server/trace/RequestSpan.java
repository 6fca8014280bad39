package dev.gatehouse.server.trace;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.http.RequestTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;

/// The span of a request, with a child for blocking work and one for each call to an upstream.
final class RequestSpan implements RequestTrace {
    private final Tracer tracer;
    private final Caller caller;
    private final String method;
    private final Span span;

    RequestSpan(Tracer tracer, HttpFacts head) {
        this.tracer = tracer;
        this.caller = Caller.of(head);
        this.method = Names.method(head.method());
        this.span = tracer.spanBuilder(method)
                .setParent(caller.context())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(Names.METHOD, method)
                .setAttribute(Names.SCHEME, head.secure() ? "https" : "http")
                .setAttribute(Names.LISTENER, head.listener())
                .setAttribute(Names.REQUEST, head.id())
                .startSpan();
    }

    @Override
    public void route(String api, Supplier<String> template) {
        if (span.isRecording()) {
            String route = template.get();
            span.updateName(method + " " + route)
                    .setAttribute(Names.ROUTE, route)
                    .setAttribute(Names.API, api);
        }
    }

    @Override
    public void outcome(String api, String word) {
        span.setAttribute(Names.API, api).setAttribute(Names.OUTCOME, word);
    }

    @Override
    public Part work(Outcome.Work work) {
        Span part = tracer.spanBuilder(work.name().toLowerCase(Locale.ROOT))
                .setParent(Context.root().with(span))
                .startSpan();
        return part::end;
    }

    @Override
    public Call call(URI upstream, String method, int resend) {
        Span part = tracer.spanBuilder(this.method)
                .setParent(Context.root().with(span))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(Names.METHOD, this.method)
                .setAttribute(Names.SERVER, upstream.getHost())
                .startSpan();
        if (upstream.getPort() > 0) {
            part.setAttribute(Names.PORT, (long) upstream.getPort());
        }
        if (resend > 0) {
            part.setAttribute(Names.RESEND, (long) resend);
        }
        return new CallSpan(part, caller);
    }

    @Override
    public void done(int status, boolean whole) {
        Names.end(span, status, whole && status > 0, 500);
    }
}
