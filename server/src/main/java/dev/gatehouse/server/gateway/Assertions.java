package dev.gatehouse.server.gateway;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import java.util.Optional;

/// Signs what an upstream is told about the caller.
@FunctionalInterface
public interface Assertions {
    /// A short-lived JWT for this call; empty when there is no key to sign it with. Does no I/O.
    ///
    /// @param audience the upstream, where it is known; otherwise the audience of the Api
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys cannot be read
    Optional<String> sign(HttpFacts call, String audience, Verdict.Allowed allowed);
}
