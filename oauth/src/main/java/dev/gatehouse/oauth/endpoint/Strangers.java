package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;

/// Makes clients known that nobody has registered, before anybody looks for them.
public interface Strangers {
    /// Knows nobody.
    Strangers NONE = new Strangers() {
        @Override
        public boolean due(String clientId, Api api) {
            return false;
        }

        @Override
        public void meet(String clientId, Api api, HttpFacts http) {}

        @Override
        public boolean here(Application client, Api api) {
            return true;
        }

        @Override
        public boolean counts(Application client, Api api) {
            return true;
        }

        @Override
        public boolean used(Application client, Api api) {
            return true;
        }
    };

    /// Whether somebody should look at the client of this name now. Does not block.
    boolean due(String clientId, Api api);

    /// Makes the client of this name known, or looks at it again, if it is one that can be. Blocks, for a few
    /// seconds at most: for whoever holds nothing that others wait for.
    ///
    /// @param http where the name came from
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    void meet(String clientId, Api api, HttpFacts http);

    /// Whether a client is one of this Api: one that registered itself only where it did.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean here(Application client, Api api);

    /// Whether what a client says of itself still holds, as far as this node has seen: if not it begins nothing.
    /// Does not block.
    boolean counts(Application client, Api api);

    /// Takes note that a client is used, where those that nobody uses end. False when it has ended. Blocks.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean used(Application client, Api api);
}
