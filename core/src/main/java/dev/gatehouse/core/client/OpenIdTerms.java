package dev.gatehouse.core.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a client of OpenID Connect says of itself besides (OpenID Connect Registration section 2).
///
/// @param pairwise whether it knows users under names that clients of other sectors do not (Core section 8)
/// @param sectorUri where the redirect URIs of its sector are listed; its host is the sector then
/// @param requestUris where its signed requests may be fetched (Core section 6.2), each as it is sent
/// @param maxAgeSeconds how long ago its users may have signed in where a request does not say
/// @param acrValues how they should have where a request does not say, the best first
/// @param implicit what it is answered with besides codes
/// @param backchannel how it sends requests to people
public record OpenIdTerms(
        boolean pairwise,
        Optional<RedirectUri> sectorUri,
        List<String> requestUris,
        Optional<Long> maxAgeSeconds,
        List<String> acrValues,
        Set<ResponseType> implicit,
        BackchannelTerms backchannel) {
    /// Nothing.
    public static final OpenIdTerms NONE =
            new OpenIdTerms(false, Optional.empty(), List.of(), Optional.empty(), List.of());

    /// The longest time since a sign-in that can be asked for.
    public static final long MAX_AGE = 999_999_999;

    /// The most ways of signing in that a client names.
    public static final int MAX_ACR_VALUES = 8;

    /// What can be registered as a place of signed requests, for messages.
    public static final String REQUEST_URI =
            "an https URI of at most " + RedirectUri.MAX_LENGTH + " characters, with a fragment or without";

    /// What names a way of signing in, for messages.
    public static final String ACR_VALUE = "1 to 200 visible ASCII characters";

    private static final Pattern FRAGMENT = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final Pattern WORD = Pattern.compile("[!-~]{1,200}");

    /// Keeps copies.
    public OpenIdTerms {
        requestUris = List.copyOf(requestUris);
        acrValues = List.copyOf(acrValues);
        implicit = Set.copyOf(implicit);
        boolean bounded = requestUris.size() <= ClientTerms.MAX_URIS
                && acrValues.size() <= MAX_ACR_VALUES
                && maxAgeSeconds.filter(age -> age < 0 || age > MAX_AGE).isEmpty();
        if (!bounded || implicit.contains(ResponseType.CODE)) {
            throw new IllegalArgumentException("no terms of a client of OpenID Connect");
        }
    }

    /// One that is answered with codes alone, and says nothing of requests to people.
    public OpenIdTerms(
            boolean pairwise,
            Optional<RedirectUri> sectorUri,
            List<String> requestUris,
            Optional<Long> maxAgeSeconds,
            List<String> acrValues) {
        this(pairwise, sectorUri, requestUris, maxAgeSeconds, acrValues, Set.of(), BackchannelTerms.NONE);
    }

    /// The same, answered with these besides codes.
    public OpenIdTerms answered(Set<ResponseType> types) {
        return new OpenIdTerms(pairwise, sectorUri, requestUris, maxAgeSeconds, acrValues, types, backchannel);
    }

    /// The same, sending requests to people this way.
    public OpenIdTerms sending(BackchannelTerms other) {
        return new OpenIdTerms(pairwise, sectorUri, requestUris, maxAgeSeconds, acrValues, implicit, other);
    }

    /// Reads where signed requests are to be fetched. A fragment says which state of them is meant (Core section
    /// 6.2).
    public static Optional<String> requestUri(String text) {
        int hash = text.indexOf('#');
        String place = hash < 0 ? text : text.substring(0, hash);
        boolean sound = hash < 0 || FRAGMENT.matcher(text.substring(hash + 1)).matches();
        return RedirectUri.parse(place)
                .filter(uri -> uri.claimed() && sound && text.length() <= RedirectUri.MAX_LENGTH)
                .map(_ -> text);
    }

    /// Reads where the redirect URIs of a sector are listed.
    public static Optional<RedirectUri> sectorUri(String text) {
        return RedirectUri.parse(text).filter(RedirectUri::claimed);
    }

    /// Reads the name of a way of signing in.
    public static Optional<String> acrValue(String text) {
        return Optional.of(text).filter(value -> WORD.matcher(value).matches());
    }

    /// Why these are no terms of a client with these grants and redirect URIs.
    public Optional<String> mistake(Set<GrantType> grants, List<RedirectUri> redirects) {
        return (pairwise || sectorUri.isPresent())
                        && Sector.of(this, grants, redirects) instanceof Sector.Unsure(String why)
                ? Optional.of(why)
                : Optional.empty();
    }
}
