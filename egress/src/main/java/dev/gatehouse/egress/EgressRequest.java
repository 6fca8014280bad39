package dev.gatehouse.egress;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A request to somebody else's server.
///
/// @param url absolute, exactly as it is to be sent; nothing in it is decoded or made canonical
/// @param headers sent in this order; those that frame the message are [Egress]'s own
/// @param most how many bytes of body an answer may have
/// @param identity who it is from, for servers that want a certificate; never sent without TLS
public record EgressRequest(
        String method, String url, List<Header> headers, Bytes body, int most, Optional<ClientIdentity> identity) {
    /// What an answer may have where nobody says otherwise.
    public static final int MOST = 1024 * 1024;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_LENGTH = 16 * 1024;

    /// Headers that say where the message goes and where it ends, and cookies, which nobody keeps.
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "accept-encoding",
            "http2-settings",
            "cookie");

    /// Keeps a copy of the headers.
    public EgressRequest {
        headers = List.copyOf(headers);
    }

    /// One that is from nobody in particular.
    public EgressRequest(String method, String url, List<Header> headers, Bytes body, int most) {
        this(method, url, headers, body, most, Optional.empty());
    }

    /// The same from somebody.
    public EgressRequest by(Optional<ClientIdentity> other) {
        return new EgressRequest(method, url, headers, body, most, other);
    }

    /// A plain GET.
    public static EgressRequest get(String url) {
        return new EgressRequest("GET", url, List.of(), Bytes.NONE, MOST);
    }

    /// Whether it can be sent: a known method, headers that are what they say (no line breaks or other controls,
    /// GAUNTLET J08) and not ours, a body only where the method has one.
    boolean sendable() {
        return METHODS.contains(method)
                && headers.size() <= MAX_HEADERS
                && headers.stream().allMatch(EgressRequest::sendable)
                && (body.length() == 0 || carries());
    }

    /// Whether it carries a body: for methods that have one an empty one is said to be empty, and some servers
    /// take one with DELETE (RFC 9110 section 9.3.5).
    boolean carries() {
        return method.equals("POST")
                || method.equals("PUT")
                || method.equals("PATCH")
                || (method.equals("DELETE") && body.length() > 0);
    }

    private static boolean sendable(Header header) {
        return TOKEN.matcher(header.name()).matches()
                && !OURS.contains(header.name().toLowerCase(Locale.ROOT))
                && header.value().length() <= MAX_HEADER_LENGTH
                && header.value().strip().equals(header.value())
                && header.value().chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f));
    }

    /// Without query and body, which may carry secrets.
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return method + " " + (query < 0 ? url : url.substring(0, query)) + " " + headers;
    }
}
