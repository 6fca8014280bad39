package dev.gatehouse.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Set;

/// What spans say, in the words of the semantic conventions for HTTP. Path, query, host and headers of a request
/// are its caller's words and are left out, although the conventions have names for them.
final class Names {
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<Long> RESEND = AttributeKey.longKey("http.request.resend_count");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> API = AttributeKey.stringKey("gatehouse.api");
    static final AttributeKey<String> LISTENER = AttributeKey.stringKey("gatehouse.listener");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("gatehouse.outcome");
    static final AttributeKey<String> REQUEST = AttributeKey.stringKey("gatehouse.request");

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");

    private Names() {}

    /// The method, or `_OTHER`: whoever calls may make up as many as it likes.
    static String method(String method) {
        return METHODS.contains(method) ? method : "_OTHER";
    }

    /// Ends a span with the status of an answer.
    ///
    /// @param status 0 when there was no answer
    /// @param leastError the least status that is an error: 500 for who answers, 400 for who asks
    static void end(Span span, int status, boolean whole, int leastError) {
        if (status > 0) {
            span.setAttribute(STATUS, (long) status);
        }
        if (status >= leastError) {
            span.setAttribute(ERROR, Integer.toString(status)).setStatus(StatusCode.ERROR);
        } else if (!whole) {
            span.setAttribute(ERROR, "cut").setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
