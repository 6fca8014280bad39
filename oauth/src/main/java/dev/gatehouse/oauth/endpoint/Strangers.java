package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;

/// Makes clients known that nobody has registered, before anybody looks for them.
@FunctionalInterface
public interface Strangers {
    /// Knows nobody.
    Strangers NONE = (_, _, _) -> {};

    /// Makes the client of this name known, if it is one that can be. Blocks, for a few seconds at most.
    ///
    /// @param http where the name came from
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    void meet(String clientId, Api api, HttpFacts http);
}
