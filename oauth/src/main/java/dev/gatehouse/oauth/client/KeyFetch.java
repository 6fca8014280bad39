package dev.gatehouse.oauth.client;

import java.util.Optional;

/// Gets what a client keeps at a URL of its own.
@FunctionalInterface
public interface KeyFetch {
    /// Goes nowhere.
    KeyFetch NONE = _ -> Optional.empty();

    /// The JWK Set there; empty when there was no answer that can be one. Blocks, for a few seconds at most.
    Optional<String> fetch(String uri);
}
