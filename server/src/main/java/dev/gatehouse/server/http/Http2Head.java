package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/// The fields of a HTTP/2 request as HTTP/1.1 would have carried them: `:authority` is the `Host`, crumbs of
/// cookies are one (RFC 9113 sections 8.2.3 and 8.3.1). What the frames let pass and HTTP/1.1 could not say is
/// refused, because it may be said to an upstream (GAUNTLET K06).
final class Http2Head {
    /// RFC 9113 section 8.2.2.
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade", "http2-settings");

    private final Request request;

    Http2Head(Request request) {
        this.request = request;
    }

    List<Header> headers() {
        List<Header> headers = new ArrayList<>(request.getHeaders().size() + 1);
        StringBuilder cookies = new StringBuilder();
        String authority = authority();
        headers.add(new Header("Host", authority));
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            if (field.getName().equalsIgnoreCase("cookie")) {
                cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
            } else if (!field.getName().equalsIgnoreCase("host") || !value.equalsIgnoreCase(authority)) {
                headers.add(new Header(field.getName(), value, HeaderNames.fold(field)));
            }
        }
        if (!cookies.isEmpty()) {
            headers.add(new Header("Cookie", cookies.toString()));
        }
        return headers;
    }

    private String authority() {
        String authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    /// Why the request could be read in two ways; empty when it cannot.
    Optional<String> ambiguous() {
        HttpURI uri = request.getHttpURI();
        if (!"https".equals(uri.getScheme())) {
            return Optional.of("The scheme is not https.");
        }
        for (HttpField field : request.getHeaders()) {
            String name = HeaderNames.lower(field.getName());
            String value = field.getValue() == null ? "" : field.getValue();
            if (!nameReadable(name) || !valueReadable(value)) {
                return Optional.of("A header has characters that may not be there.");
            }
            if (OF_CONNECTIONS.contains(name) || (name.equals("te") && !value.equals("trailers"))) {
                return Optional.of("A header is meant for connections of HTTP/1.1.");
            }
        }
        return Optional.empty();
    }

    /// RFC 9110 section 5.6.2: a token.
    private static boolean nameReadable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// RFC 9113 section 8.2.1.
    private static boolean valueReadable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < 0x20 && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return value.equals(value.strip());
    }
}
