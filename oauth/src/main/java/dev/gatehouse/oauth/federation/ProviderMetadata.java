package dev.gatehouse.oauth.federation;

import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a provider says of itself (OpenID Connect Discovery section 3).
///
/// @param says whether it names itself when it sends a browser back (RFC 9207)
public record ProviderMetadata(String issuer, String authorization, String token, String keys, boolean says) {
    /// The longest document.
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_ADDRESS = 2000;
    private static final Pattern PRINTABLE = Pattern.compile("[!#-;=?-\\[\\]_a-z~]+");

    /// Where the document of an issuer is (section 4).
    public static String address(String issuer) {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration";
    }

    /// Whether an address is at the issuer's own origin (RFC 6454 section 4): only there does what was opened
    /// for the issuer count.
    public boolean own(String address) {
        return origin(issuer).equals(origin(address));
    }

    private static String origin(String address) {
        URI uri = URI.create(address);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /// Whether this can be an issuer: an address without query and fragment; plain HTTP is for whom the operator
    /// opened it (GAUNTLET J06).
    public static boolean isIssuer(String text) {
        return address(text, true).filter(uri -> uri.getRawQuery() == null).isPresent();
    }

    /// Reads the document of an issuer. Empty when it is another's, which is compared as text (section 4.3), or
    /// when an address in it is none, or less protected than the issuer's.
    public static Optional<ProviderMetadata> read(String document, String issuer) {
        boolean plain = issuer.startsWith("http://");
        return document.length() > MAX_LENGTH
                ? Optional.empty()
                : StrictJson.object(document.getBytes(StandardCharsets.UTF_8))
                        .filter(members -> members.text("issuer").equals(Optional.of(issuer)))
                        .flatMap(members -> read(members, issuer, plain));
    }

    private static Optional<ProviderMetadata> read(Json.Members members, String issuer, boolean plain) {
        Optional<String> authorization = address(members, "authorization_endpoint", plain);
        Optional<String> token = address(members, "token_endpoint", plain);
        Optional<String> keys = address(members, "jwks_uri", plain);
        if (authorization.isEmpty() || token.isEmpty() || keys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProviderMetadata(
                issuer,
                authorization.get(),
                token.get(),
                keys.get(),
                members.byName().get("authorization_response_iss_parameter_supported")
                                instanceof Json.Bool(boolean flag)
                        && flag));
    }

    private static Optional<String> address(Json.Members members, String name, boolean plain) {
        return members.text(name).filter(text -> address(text, plain).isPresent());
    }

    private static Optional<URI> address(String text, boolean plain) {
        try {
            URI uri = new URI(text);
            boolean scheme = text.startsWith("https://") || (plain && text.startsWith("http://"));
            return scheme
                            && text.length() <= MAX_ADDRESS
                            && PRINTABLE.matcher(text).matches()
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawFragment() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// Where a page leads: scheme, host and port.
    public String origin() {
        URI uri = URI.create(authorization);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
