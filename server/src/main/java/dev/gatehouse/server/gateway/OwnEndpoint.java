package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.Outcome;

/// One of the endpoints that Gatehouse serves itself at every Api, such as the token endpoint.
@FunctionalInterface
public interface OwnEndpoint {
    /// What to do with a request for this endpoint. Must not block.
    Outcome answer(HttpFacts head, Api api);

    /// The answer to a request that this node is too busy to read.
    default Reply unavailable(String detail) {
        return Unreadable.reply(503, detail);
    }
}
