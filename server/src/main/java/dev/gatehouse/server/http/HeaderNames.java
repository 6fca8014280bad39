package dev.gatehouse.server.http;

import java.util.Locale;
import java.util.Set;

/// Header names as upstreams may understand them: many fold case and `-`, `_`, `.` into one (GAUNTLET R4, K01).
public final class HeaderNames {
    /// What every identity header of Gatehouse begins with, folded.
    public static final String OURS = "xgatehouse";

    /// RFC 9110 section 7.6.1 and its ancestors, lower-case: meant for one connection, never passed on.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "trailers",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private HeaderNames() {}

    /// The name in lower case without `-`, `_` and `.`.
    public static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.append((char) (c + 32));
            } else if (c != '-' && c != '_' && c != '.') {
                folded.append(c);
            }
        }
        return folded.toString();
    }

    static boolean hopByHop(String lowerCaseName) {
        return HOP_BY_HOP.contains(lowerCaseName);
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
