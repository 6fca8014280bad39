package dev.gatehouse.server.gateway;

import dev.gatehouse.core.http.CallerClaims;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.server.http.HeaderNames;
import dev.gatehouse.server.http.OwnCookies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The headers that go upstream: the caller's without its credential and without anything that looks like one of
/// ours, then ours. Names are compared folded ([Header#fold]), because upstreams do (GAUNTLET R4, K01, K02).
final class UpstreamHeaders {
    private static final String REQUEST_ID = "xrequestid";

    private UpstreamHeaders() {}

    /// The headers of a call, without who makes it.
    ///
    /// @param secret names of headers that carry credentials, folded
    static List<Header> anonymous(HttpFacts head, Set<String> secret) {
        List<Header> headers = new ArrayList<>(head.headers().size() + 8);
        for (Header header : head.headers()) {
            String name = header.folded();
            if (!name.startsWith(HeaderNames.OURS)
                    && !CallerClaims.contain(name)
                    && !name.equals(REQUEST_ID)
                    && !secret.contains(name)) {
                kept(header, name).ifPresent(headers::add);
            }
        }
        headers.add(new Header("X-Forwarded-For", head.from().getHostAddress()));
        headers.add(new Header("X-Forwarded-Proto", head.secure() ? "https" : "http"));
        headers.add(new Header("X-Forwarded-Host", head.host()));
        headers.add(new Header("X-Request-Id", head.id()));
        return headers;
    }

    private static Optional<Header> kept(Header header, String folded) {
        return folded.equals("cookie")
                ? OwnCookies.foreign(header.value()).map(cookies -> new Header(header.name(), cookies))
                : Optional.of(header);
    }
}
