package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;

/// Signs what the gateway tells an upstream about the caller.
@FunctionalInterface
public interface Assertions {
    /// A short-lived JWT for this call of this route. Does no I/O.
    String assertion(HttpFacts head, Api api, Route route, Verdict.Allowed allowed);
}
