package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;

/// Makes clients known that nobody has registered, before anybody looks for them.
public interface Strangers {
    /// Knows nobody.
    Strangers NONE = new Strangers() {
        @Override
        public void meet(String clientId, Api api, HttpFacts http) {}

        @Override
        public boolean here(Application client, Api api) {
            return true;
        }
    };

    /// Makes the client of this name known, if it is one that can be. Blocks, for a few seconds at most.
    ///
    /// @param http where the name came from
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    void meet(String clientId, Api api, HttpFacts http);

    /// Whether a client may sign people in at an Api: one that registered itself only where it did.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean here(Application client, Api api);
}
