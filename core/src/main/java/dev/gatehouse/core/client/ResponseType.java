package dev.gatehouse.core.client;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What an authorization request is answered with (OAuth 2.0 Multiple Response Type Encoding Practices section 3,
/// OpenID Connect Core section 3). What goes without a code is for the clients that registered it, at the Apis
/// whose operator said so.
public enum ResponseType {
    /// A code, which the client redeems.
    CODE("code"),
    /// Who signed in, at once (OpenID Connect Core section 3.2).
    ID_TOKEN("id_token"),
    /// The same and an access token.
    ID_TOKEN_TOKEN("id_token token");

    /// Why redirect URIs are none of a client that is answered without a code, for messages.
    public static final String PLACE = "redirect_uris of implicit are https, and not of the device itself";

    private final String wire;

    ResponseType(String wire) {
        this.wire = wire;
    }

    /// The name in requests, APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// Whether the browser brings what is said of the user, and no code: the implicit flow.
    public boolean implicit() {
        return this != CODE;
    }

    /// Whether an access token is in the answer itself.
    public boolean access() {
        return this == ID_TOKEN_TOKEN;
    }

    /// The grant that a client has with it (RFC 7591 section 2.1).
    public GrantType grant() {
        return implicit() ? GrantType.IMPLICIT : GrantType.AUTHORIZATION_CODE;
    }

    /// The type of a name, whose words have no order.
    public static Optional<ResponseType> of(String wire) {
        List<String> words = List.of(wire.split(" ", -1));
        String sorted = String.join(" ", new TreeSet<>(words));
        return Stream.of(values())
                .filter(type -> type.wire.equals(sorted) && type.wire.length() == wire.length())
                .findFirst();
    }

    /// All names.
    public static List<String> names() {
        return Arrays.stream(values()).map(ResponseType::wire).toList();
    }

    /// Why these are not what a client is answered with besides codes (RFC 7591 section 2.1); where it is answered
    /// is its own site (OpenID Connect Registration section 2), because no proof of its own follows.
    ///
    /// @param types none of them a code
    public static Optional<String> mistake(
            Set<ResponseType> types, Set<GrantType> grants, List<RedirectUri> redirects) {
        boolean implicit = grants.contains(GrantType.IMPLICIT);
        if (types.isEmpty() == implicit) {
            return Optional.of("implicit, and id_token or id_token token of response_types, belong together");
        }
        return !implicit || redirects.stream().allMatch(ResponseType::ownSite) ? Optional.empty() : Optional.of(PLACE);
    }

    /// Whether only the site of the client itself receives what is sent there.
    public static boolean ownSite(RedirectUri uri) {
        String host = uri.host();
        boolean device = host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.");
        return uri.claimed() && !device;
    }

    /// Why a list that a client names is not that of these grants.
    public static Optional<String> unlike(Set<ResponseType> named, Set<GrantType> grants) {
        boolean fits = Stream.of(GrantType.AUTHORIZATION_CODE, GrantType.IMPLICIT)
                .allMatch(grant -> grants.contains(grant) == named.stream().anyMatch(type -> type.grant() == grant));
        return fits
                ? Optional.empty()
                : Optional.of("response_types has code with authorization_code, and id_token or id_token token with"
                        + " implicit, and only then");
    }
}
