package dev.gatehouse.core.http;

import dev.gatehouse.core.net.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request as our code sees it: immutable, duplicates preserved, target kept as it was sent, body already
/// capped and read (empty where the body streams on to an upstream).
///
/// @param id the request id, in logs and in the `X-Request-Id` of the reply
/// @param listener the name of the listener that it came in on
/// @param path canonical (see `CanonicalPath`)
/// @param query the raw query without `?`; absent when there is none
/// @param secure whether its caller spoke TLS
/// @param from the address of the peer
/// @param certificate that the caller proved to hold
/// @param arrivedNanos the monotonic clock when its head had been read
/// @param trace told what becomes of it
public record HttpFacts(
        String id,
        String listener,
        boolean secure,
        String method,
        String host,
        String path,
        Optional<String> query,
        List<Header> headers,
        Bytes body,
        InetAddress from,
        Optional<CallerCertificate> certificate,
        long arrivedNanos,
        Trace trace) {
    /// Keeps a copy of the headers.
    public HttpFacts {
        headers = List.copyOf(headers);
    }

    /// Of a caller that shows no certificate, and untraced.
    public HttpFacts(
            String id,
            String listener,
            boolean secure,
            String method,
            String host,
            String path,
            Optional<String> query,
            List<Header> headers,
            Bytes body,
            InetAddress from,
            long arrivedNanos) {
        this(
                id,
                listener,
                secure,
                method,
                host,
                path,
                query,
                headers,
                body,
                from,
                Optional.empty(),
                arrivedNanos,
                Trace.NONE);
    }

    /// The same request with its body.
    public HttpFacts with(Bytes body) {
        return new HttpFacts(
                id, listener, secure, method, host, path, query, headers, body, from, certificate, arrivedNanos, trace);
    }

    /// The same request, traced.
    public HttpFacts with(Trace trace) {
        return new HttpFacts(
                id, listener, secure, method, host, path, query, headers, body, from, certificate, arrivedNanos, trace);
    }

    /// The thumbprint of the certificate that the caller proved to hold.
    public Optional<String> thumbprint() {
        return certificate.map(CallerCertificate::thumbprint);
    }

    /// The same request of a caller that has shown this certificate, or none, without the header that may say
    /// so, in whatever spelling upstreams take for it (GAUNTLET K02).
    ///
    /// @param header in which a proxy tells of certificates
    public HttpFacts showing(Optional<CallerCertificate> shown, String header) {
        String folded = Header.fold(header);
        return new HttpFacts(
                id,
                listener,
                secure,
                method,
                host,
                path,
                query,
                headers.stream().filter(one -> !one.folded().equals(folded)).toList(),
                body,
                from,
                shown,
                arrivedNanos,
                trace);
    }

    /// The same request as a trusted proxy tells of it. Its caller has shown no certificate, whatever certificate
    /// the proxy shows.
    ///
    /// @param encrypted whether it came to the proxy over TLS
    /// @param named the host in the spelling of that scheme
    public HttpFacts through(InetAddress caller, boolean encrypted, String named) {
        return new HttpFacts(
                id,
                listener,
                encrypted,
                method,
                named,
                path,
                query,
                headers,
                body,
                caller,
                Optional.empty(),
                arrivedNanos,
                trace);
    }

    /// Without query and body, which may carry credentials.
    @Override
    public String toString() {
        return id + " " + method + " " + path + " " + headers;
    }

    /// Every value of a header, in order; names are compared without case.
    public List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                values.add(header.value());
            }
        }
        return values;
    }

    /// The origin of the page that sent the request: empty without exactly one `Origin` that is well formed, so
    /// that `null`, an absent and an ambiguous one are the same (GAUNTLET I02). Nothing else tells an origin,
    /// least of all `Referer` (I03).
    public Optional<Origin> origin() {
        String value = "";
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("Origin")) {
                if (!value.isEmpty()) {
                    return Optional.empty();
                }
                value = header.value().isEmpty() ? "null" : header.value();
            }
        }
        return value.isEmpty() ? Optional.empty() : Origin.parse(value);
    }

    /// Whether a browser sent it on behalf of a page: those send `Origin` with every request that writes and with
    /// every one across origins, and say in `Sec-Fetch-Site` where a request comes from.
    public boolean fromPage() {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("Origin")
                    || (header.name().equalsIgnoreCase("Sec-Fetch-Site")
                            && !header.value().equals("none"))) {
                return true;
            }
        }
        return false;
    }

    /// The value of a header that came exactly once.
    public Optional<String> only(String name) {
        List<String> values = values(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
