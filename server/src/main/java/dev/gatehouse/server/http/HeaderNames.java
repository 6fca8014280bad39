package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/// Header names as upstreams may understand them, see [Header#fold].
public final class HeaderNames {
    /// What every identity header of Gatehouse begins with, folded.
    public static final String OURS = "xgatehouse";

    /// RFC 9110 section 7.6.1 and its ancestors, folded: meant for one connection, never passed on.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keepalive",
            "proxyauthenticate",
            "proxyauthenticationinfo",
            "proxyauthorization",
            "proxyconnection",
            "te",
            "trailer",
            "trailers",
            "transferencoding",
            "upgrade",
            "http2settings");

    /// The names that the HTTP server knows, so that most of a request's need not be folded at all.
    private static final Map<HttpHeader, String> FOLDED = Collections.unmodifiableMap(Arrays.stream(HttpHeader.values())
            .collect(Collectors.toMap(
                    header -> header,
                    header -> Header.fold(header.asString()),
                    (one, _) -> one,
                    () -> new EnumMap<>(HttpHeader.class))));

    private HeaderNames() {}

    /// The name of a field, folded.
    static String fold(HttpField field) {
        String known = field.getHeader() == null ? null : FOLDED.get(field.getHeader());
        return known == null ? Header.fold(field.getName()) : known;
    }

    static boolean hopByHop(String folded) {
        return HOP_BY_HOP.contains(folded);
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
