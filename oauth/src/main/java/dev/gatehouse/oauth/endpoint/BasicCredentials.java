package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A client's id and secret in an `Authorization: Basic` header.
record BasicCredentials(String id, Secret secret) {
    private static final Pattern HEADER = Pattern.compile("(?i:basic) +([A-Za-z0-9+/]{4,4096}={0,2})");

    /// Reads a header value: RFC 7617, with the two halves encoded as form text before they are joined (RFC 6749
    /// section 2.3.1). Empty when it is another scheme, no canonical base64, ill-formed UTF-8 or form text, or has
    /// no colon (GAUNTLET C05).
    static Optional<BasicCredentials> parse(String header) {
        var matcher = HEADER.matcher(header);
        return matcher.matches() ? base64(matcher.group(1)).flatMap(BasicCredentials::halves) : Optional.empty();
    }

    private static Optional<String> base64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String canonical = Base64.getEncoder().encodeToString(bytes);
        boolean same = text.equals(canonical) || text.equals(canonical.replace("=", ""));
        return same ? FormText.utf8(bytes, bytes.length) : Optional.empty();
    }

    private static Optional<BasicCredentials> halves(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        return half(text.substring(0, colon))
                .flatMap(id ->
                        half(text.substring(colon + 1)).map(secret -> new BasicCredentials(id, Secret.of(secret))));
    }

    /// The form encoding leaves only ASCII. Clients that skip it send other characters as they are, which is
    /// unambiguous.
    private static Optional<String> half(String text) {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        return ascii && text.indexOf(' ') < 0 ? FormText.decode(text) : Optional.of(text);
    }
}
