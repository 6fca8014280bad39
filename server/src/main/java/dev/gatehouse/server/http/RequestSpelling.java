package dev.gatehouse.server.http;

import dev.gatehouse.core.api.CanonicalPath;
import java.util.Optional;

/// How method, target and host of a request may be spelt, whether it came to us or a proxy tells of it. What two
/// servers could read differently is refused, never rewritten (GAUNTLET K03, K10).
public final class RequestSpelling {
    /// Why a request is refused.
    public record Refused(int status, String detail) {}

    private RequestSpelling() {}

    /// Why this method and target are refused; empty when they are not.
    ///
    /// @param targetBytes how long path and query may be
    public static Optional<Refused> refused(String method, String path, Optional<String> query, int targetBytes) {
        // Nothing is behind the first two but harm; the third is how HTTP/2 begins (RFC 9113 section 3.4).
        if (method.equals("TRACE") || method.equals("CONNECT") || method.equals("PRI")) {
            return Optional.of(new Refused(405, "This method is not served."));
        }
        if (!methodReadable(method)) {
            return Optional.of(new Refused(400, "The method is not one."));
        }
        if (path.length() + query.orElse("").length() > targetBytes) {
            return Optional.of(new Refused(414, "The request target is too long."));
        }
        if (!CanonicalPath.isCanonical(path)) {
            return Optional.of(new Refused(400, "The path is not in its canonical spelling."));
        }
        return query.filter(text -> !queryReadable(text)).isPresent()
                ? Optional.of(new Refused(400, "The query has characters that must be percent-encoded."))
                : Optional.empty();
    }

    private static boolean methodReadable(String method) {
        if (method.isEmpty() || method.length() > 32) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if ((c < 'A' || c > 'Z') && (i == 0 || c != '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean queryReadable(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /// Whether this can be a host with or without a port.
    public static boolean hostReadable(String value) {
        if (value.isEmpty() || value.length() > 261) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && ".-_:[]".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The host in lower case, without the port that the scheme has anyway (RFC 3986 section 6.2.3).
    public static String host(String host, boolean secure) {
        String lower = HeaderNames.lower(host);
        String usual = secure ? ":443" : ":80";
        return lower.endsWith(usual) ? lower.substring(0, lower.length() - usual.length()) : lower;
    }
}
