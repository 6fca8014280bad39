package dev.gatehouse.server.trace;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.server.http.RequestTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.List;

/// The span of a call to an upstream.
final class CallSpan implements RequestTrace.Call {
    private final Span span;
    private final Caller caller;

    CallSpan(Span span, Caller caller) {
        this.span = span;
        this.caller = caller;
    }

    /// The caller's headers with our span in place of its own (W3C Trace Context section 3.4).
    @Override
    public List<Header> headers(List<Header> headers) {
        List<Header> sent = new ArrayList<>(headers.size() + 2);
        for (Header header : headers) {
            if (!header.name().equalsIgnoreCase(Caller.PARENT) && !header.name().equalsIgnoreCase(Caller.STATE)) {
                sent.add(header);
            }
        }
        SpanContext ours = span.getSpanContext();
        sent.add(new Header(
                Caller.PARENT,
                "00-" + ours.getTraceId() + "-" + ours.getSpanId() + "-"
                        + ours.getTraceFlags().asHex()));
        caller.state().ifPresent(state -> sent.add(new Header(Caller.STATE, state)));
        return sent;
    }

    @Override
    public void done(int status, boolean whole) {
        Names.end(span, status, whole, 400);
    }
}
