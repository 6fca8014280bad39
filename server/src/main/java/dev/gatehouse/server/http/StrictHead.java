package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Trace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/// Reads the head of a request into facts, or refuses what two servers could read differently. The HTTP server
/// has already refused what its strict parser knows (two hosts, obs-fold, spaces before colons, bare line feeds,
/// conflicting lengths); what is checked here it lets pass.
final class StrictHead {
    /// What became of a head.
    sealed interface Result {
        /// It is unambiguous.
        record Read(HttpFacts facts) implements Result {}

        /// It is not; the connection ends with the refusal.
        record Refused(int status, String detail) implements Result {}
    }

    private final HttpLimits limits;
    private final RequestIds ids;
    private final LongSupplier nanos;

    StrictHead(HttpLimits limits, RequestIds ids, LongSupplier nanos) {
        this.limits = limits;
        this.ids = ids;
        this.nanos = nanos;
    }

    Result read(Request request, String listener) {
        long arrived = nanos.getAsLong();
        Optional<Result.Refused> refused = line(request);
        if (refused.isPresent()) {
            return refused.get();
        }
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (request.getHeaders().size() > limits.headers()) {
            return new Result.Refused(431, "There are too many headers.");
        }
        boolean http2 = connection.getHttpVersion() == HttpVersion.HTTP_2;
        Optional<String> mixed = http2 ? new Http2Head(request).ambiguous() : Optional.empty();
        if (mixed.isPresent()) {
            return new Result.Refused(400, mixed.get());
        }
        List<Header> headers = http2 ? new Http2Head(request).headers() : headers(request);
        Framing framing = new Framing(connection.getHttpVersion());
        headers.forEach(framing::see);
        Optional<String> ambiguous = framing.ambiguous();
        if (ambiguous.isPresent()) {
            return new Result.Refused(400, ambiguous.get());
        }
        if (framing.webSocket()) {
            return new Result.Refused(501, "WebSockets are not served.");
        }
        // The scheme of a request is the caller's word; the connection is not.
        boolean secure = connection.isSecure();
        String host = RequestSpelling.host(framing.host(), secure);
        Optional<CallerCertificate> certificate = Optional.empty();
        if (secure) {
            TlsPeer peer = TlsPeer.of(connection);
            // RFC 9110 section 7.4, RFC 9113 section 9.1.2: a connection serves the hosts of its certificate.
            if (!peer.names().covers(host)) {
                return new Result.Refused(421, "The certificate of this connection is not for this host.");
            }
            certificate = peer.certificate();
        }
        HttpURI uri = request.getHttpURI();
        return new Result.Read(new HttpFacts(
                ids.next(),
                listener,
                secure,
                request.getMethod(),
                host,
                uri.getPath(),
                Optional.ofNullable(uri.getQuery()),
                headers,
                Bytes.NONE,
                peer(request),
                certificate,
                arrived,
                Trace.NONE));
    }

    private static List<Header> headers(Request request) {
        List<Header> headers = new ArrayList<>(request.getHeaders().size());
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            headers.add(new Header(field.getName(), value, HeaderNames.fold(field)));
        }
        return headers;
    }

    private Optional<Result.Refused> line(Request request) {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        Optional<RequestSpelling.Refused> misspelt = RequestSpelling.refused(
                request.getMethod(),
                path == null ? "" : path,
                Optional.ofNullable(uri.getQuery()),
                limits.targetBytes());
        if (misspelt.isPresent()) {
            return refused(misspelt.get().status(), misspelt.get().detail());
        }
        // A fragment never belongs into a request (RFC 9112 section 3.2).
        if (uri.getFragment() != null || uri.getUser() != null) {
            return refused(400, "The path is not in its canonical spelling.");
        }
        HttpVersion version = request.getConnectionMetaData().getHttpVersion();
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0 || version == HttpVersion.HTTP_2
                ? Optional.empty()
                : refused(400, "This version of HTTP is not served.");
    }

    private static Optional<Result.Refused> refused(int status, String detail) {
        return Optional.of(new Result.Refused(status, detail));
    }

    private static InetAddress peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
