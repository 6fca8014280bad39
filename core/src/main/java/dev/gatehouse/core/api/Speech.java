package dev.gatehouse.core.api;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How an Api speaks with its callers.
///
/// @param dialect the name of its wire format
/// @param products addresses of what the provider offers, by name, for dialects that tell them to a caller. One
///     that is named as a scope of the Api is told to whoever has that scope, another to everybody
/// @param testUpstream where a call goes that a dialect's test key opens; without one it goes nowhere
public record Speech(String dialect, Map<String, String> products, Optional<URI> testUpstream) {
    /// The built-in dialect: OAuth 2, and API keys as bearer tokens.
    public static final String STANDARD = "oauth";

    /// The built-in dialect and nothing else.
    public static final Speech OAUTH = new Speech(STANDARD, Map.of(), Optional.empty());

    /// Keeps a copy, in the order of names.
    public Speech {
        products = Collections.unmodifiableMap(new TreeMap<>(products));
    }
}
