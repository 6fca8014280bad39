package dev.gatehouse.core.api;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reveal;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How an Api speaks with its callers.
///
/// @param dialect the name of its wire format
/// @param products addresses of what the provider offers, by name, for dialects that tell them to a caller. One
///     that is named as a scope of the Api is told to whoever has that scope, another to everybody
/// @param testUpstream where a call goes that a dialect's test key opens; without one it goes nowhere
/// @param returns pages that browsers may be sent back to from a platform, each spelt exactly so (GAUNTLET J05);
///     without one nobody connects a platform in a browser here
/// @param reveal the kinds of its keys whose secrets are kept, encrypted, to be told again; none where nothing is
///     said
public record Speech(
        String dialect,
        Map<String, String> products,
        Optional<URI> testUpstream,
        List<String> returns,
        Set<CredentialKind> reveal) {
    /// The built-in dialect: OAuth 2, and API keys as bearer tokens.
    public static final String STANDARD = "oauth";

    /// The built-in dialect and nothing else.
    public static final Speech OAUTH = new Speech(STANDARD, Map.of(), Optional.empty());

    /// The most pages that browsers may be sent back to.
    public static final int MAX_RETURNS = 64;

    /// Keeps copies, in the order of names.
    public Speech {
        products = Collections.unmodifiableMap(new TreeMap<>(products));
        returns = List.copyOf(new TreeSet<>(returns));
        reveal = Collections.unmodifiableSet(
                reveal.isEmpty() ? EnumSet.noneOf(CredentialKind.class) : EnumSet.copyOf(reveal));
        if (!Reveal.KINDS.containsAll(reveal)) {
            throw new IllegalArgumentException("secrets are told again of kinds that have one only");
        }
    }

    /// One that sends no browser anywhere, and tells no secret twice.
    public Speech(String dialect, Map<String, String> products, Optional<URI> testUpstream) {
        this(dialect, products, testUpstream, List.of(), Set.of());
    }
}
