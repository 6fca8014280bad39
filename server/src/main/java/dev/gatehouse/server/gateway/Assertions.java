package dev.gatehouse.server.gateway;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import java.net.URI;
import java.util.Optional;

/// Signs what the gateway tells an upstream about the caller.
@FunctionalInterface
public interface Assertions {
    /// A short-lived JWT for this call; empty when there is no key to sign it with. Does no I/O.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys cannot be read
    Optional<String> sign(HttpFacts head, URI upstream, Verdict.Allowed allowed);
}
