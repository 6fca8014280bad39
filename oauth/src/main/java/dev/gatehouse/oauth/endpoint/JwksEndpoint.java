package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.jose.PublicJwk;
import dev.gatehouse.oauth.keys.KeyRing;
import dev.gatehouse.oauth.keys.Keys;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// JWKS documents (RFC 7517 section 5).
public final class JwksEndpoint {
    private final Keys keys;
    private final InstantSource clock;

    /// An endpoint over these keys.
    public JwksEndpoint(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// The keys of an Api's tokens.
    public Reply answer(HttpFacts http, Api api) {
        return answer(http, ring -> ring.published(api.id(), clock.instant()));
    }

    /// The keys of assertions to upstreams. A document of its own, so that no assertion passes for a token.
    public Reply assertionKeys(HttpFacts http) {
        return answer(http, ring -> ring.publishedForAssertions(clock.instant()));
    }

    private Reply answer(HttpFacts http, Function<KeyRing, List<PublicJwk>> published) {
        try {
            List<Map<String, Object>> jwks = published.apply(keys.ring()).stream()
                    .map(PublicJwk::members)
                    .toList();
            return Documents.answer(http, Map.of("keys", jwks));
        } catch (FactsUnavailable e) {
            return Reply.problem(503, "unavailable", "the keys cannot be read now")
                    .with("Retry-After", "1");
        }
    }
}
