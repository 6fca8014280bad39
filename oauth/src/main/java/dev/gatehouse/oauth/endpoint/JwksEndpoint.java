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
import java.util.Optional;
import java.util.function.BiFunction;

/// A JWKS document (RFC 7517 section 5).
public final class JwksEndpoint {
    private final Keys keys;
    private final BiFunction<KeyRing, Api, List<PublicJwk>> published;

    private JwksEndpoint(Keys keys, BiFunction<KeyRing, Api, List<PublicJwk>> published) {
        this.keys = keys;
        this.published = published;
    }

    /// The keys of an Api's tokens.
    public static JwksEndpoint ofTokens(Keys keys, InstantSource clock) {
        return new JwksEndpoint(keys, (ring, api) -> ring.published(api.id(), clock.instant()));
    }

    /// The keys of assertions to upstreams. A document of its own, so that no assertion passes for a token.
    public static JwksEndpoint ofAssertions(Keys keys, InstantSource clock) {
        return new JwksEndpoint(keys, (ring, _) -> ring.publishedForAssertions(clock.instant()));
    }

    /// Answers from memory; empty when the keys changed and were not read yet, and [#answer] must be asked on a
    /// thread that may block.
    public Optional<Reply> tryAnswer(HttpFacts http, Api api) {
        try {
            List<Map<String, Object>> jwks = published.apply(keys.ring(), api).stream()
                    .map(PublicJwk::members)
                    .toList();
            return Optional.of(Documents.answer(http, Map.of("keys", jwks)));
        } catch (FactsUnavailable e) {
            return Optional.empty();
        }
    }

    /// Answers, reading the keys when it must.
    public Reply answer(HttpFacts http, Api api) {
        try {
            keys.catchUp();
            return tryAnswer(http, api).orElseGet(JwksEndpoint::unavailable);
        } catch (FactsUnavailable e) {
            return unavailable();
        }
    }

    private static Reply unavailable() {
        return Reply.problem(503, "unavailable", "the keys cannot be read now").with("Retry-After", "1");
    }
}
