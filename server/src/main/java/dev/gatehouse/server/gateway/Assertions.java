package dev.gatehouse.server.gateway;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import java.util.Optional;

/// Signs what an upstream is told about the caller.
public interface Assertions {
    /// A short-lived JWT for this call; empty when there is no key to sign it with. Does no I/O.
    ///
    /// @param audience the upstream, where it is known; otherwise the audience of the Api
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys are not at hand: [#signLoading] where
    /// waiting is allowed
    Optional<String> sign(HttpFacts call, String audience, Verdict.Allowed allowed);

    /// The same, after reading keys that changed when it must.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys cannot be read now
    Optional<String> signLoading(HttpFacts call, String audience, Verdict.Allowed allowed);
}
