package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.federation.FederationPaths;
import dev.gatehouse.server.http.Outcome;
import java.util.Map;
import java.util.Optional;

/// One of the endpoints that Gatehouse serves itself at every Api, such as the token endpoint.
@FunctionalInterface
public interface OwnEndpoint {
    /// Where the files of pages are: all below is ours, whatever an Api serves, and what is none of them is not
    /// there.
    String FILES = "/oauth2/pages/";

    /// What to do with a request for this endpoint. Must not block.
    Outcome answer(HttpFacts head, Api api);

    /// The answer of the endpoint at the path of a request, where there is one. The trace is told which.
    static Optional<Outcome> at(HttpFacts head, Api api, Map<String, OwnEndpoint> byPath) {
        return at(head, head.path(), api, byPath);
    }

    /// The same for one whose path below this one depends on the Api.
    static Optional<Outcome> at(HttpFacts head, String path, Api api, Map<String, OwnEndpoint> byPath) {
        OwnEndpoint exactly = byPath.get(FederationPaths.template(path));
        OwnEndpoint endpoint = exactly == null && path.startsWith(FILES) ? byPath.get(FILES) : exactly;
        if (endpoint == null) {
            return Optional.empty();
        }
        head.trace().route(api.name(), () -> path);
        return Optional.of(endpoint.answer(head, api));
    }

    /// The answer to a request that this node is too busy to read.
    default Reply unavailable(String detail) {
        return Unreadable.reply(503, detail);
    }
}
