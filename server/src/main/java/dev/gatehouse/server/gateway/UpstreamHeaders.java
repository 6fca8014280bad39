package dev.gatehouse.server.gateway;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.server.http.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The headers that go upstream: the caller's without its credential and without anything that looks like one of
/// ours, then ours. Names are compared folded ([Header#fold]), because upstreams do (GAUNTLET R4, K01, K02).
final class UpstreamHeaders {
    /// Statements about the caller, the original request or the credential, which only a trusted proxy may make.
    private static final Set<String> UNTRUSTED = Set.of(
            "authorization",
            "proxyauthorization",
            "forwarded",
            "xrealip",
            "xclientip",
            "trueclientip",
            "cfconnectingip",
            "cfconnectingipv6",
            "fastlyclientip",
            "xclusterclientip",
            "frontendhttps",
            "xhost",
            "xoriginalhost",
            "xoriginalurl",
            "xoriginaluri",
            "xoriginalmethod",
            "xrewriteurl",
            "xhttpmethod",
            "xhttpmethodoverride",
            "xmethodoverride",
            "xrequestid");

    private static final String FORWARDED = "xforwarded";

    private UpstreamHeaders() {}

    /// The headers of a call, without who makes it.
    ///
    /// @param secret names of headers that carry credentials, folded
    static List<Header> anonymous(HttpFacts head, Set<String> secret) {
        List<Header> headers = new ArrayList<>(head.headers().size() + 8);
        for (Header header : head.headers()) {
            String name = header.folded();
            if (!name.startsWith(HeaderNames.OURS)
                    && !name.startsWith(FORWARDED)
                    && !UNTRUSTED.contains(name)
                    && !secret.contains(name)) {
                headers.add(header);
            }
        }
        headers.add(new Header("X-Forwarded-For", head.from().getHostAddress()));
        headers.add(new Header("X-Forwarded-Proto", head.secure() ? "https" : "http"));
        headers.add(new Header("X-Forwarded-Host", head.host()));
        headers.add(new Header("X-Request-Id", head.id()));
        return headers;
    }
}
