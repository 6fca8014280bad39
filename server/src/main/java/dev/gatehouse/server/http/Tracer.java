package dev.gatehouse.server.http;

import dev.gatehouse.core.http.HttpFacts;
import java.util.Optional;

/// Whoever traces requests. A request that could not be read is not traced: no word of its caller can be trusted.
@FunctionalInterface
public interface Tracer {
    /// Traces none.
    Tracer NONE = _ -> Optional.empty();

    /// The head of a request has been read; empty when it is not traced.
    Optional<RequestTrace> begin(HttpFacts head);
}
