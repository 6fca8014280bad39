package dev.gatehouse.server.proxy;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.http.RequestSpelling;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A front behind trusted proxies: it sees the client of a request and whether that spoke TLS, where it would
/// have seen the last proxy and the connection from there. A trusted peer that names no client is the client
/// itself; one that names no scheme has passed on what it got.
public final class BehindProxies implements Front {
    private static final List<String> HTTP = List.of("http");
    private static final List<String> HTTPS = List.of("https");

    private final Front front;
    private final TrustedProxies trusted;
    private final CertificateHeader certificates;

    /// @param front what stands behind the listener
    /// @param certificates where those peers tell what certificate a client has shown
    public BehindProxies(Front front, TrustedProxies trusted, CertificateHeader certificates) {
        this.front = front;
        this.trusted = trusted;
        this.certificates = certificates;
    }

    @Override
    public Outcome head(HttpFacts head) {
        if (!trusted.contains(head.from())) {
            return kept(certificates.without(head));
        }
        return switch (certificates.from(head)) {
            case CertificateHeader.Told.Unreadable(String detail) -> unreadable(head, detail);
            case CertificateHeader.Told.Request(HttpFacts told) -> trusted(told);
        };
    }

    private Outcome trusted(HttpFacts head) {
        List<String> forwardedFor = head.values("X-Forwarded-For");
        List<String> scheme = head.values("X-Forwarded-Proto");
        if (forwardedFor.isEmpty() && scheme.isEmpty()) {
            return kept(head);
        }
        Optional<InetAddress> client = forwardedFor.isEmpty() ? Optional.of(head.from()) : trusted.client(forwardedFor);
        if (client.isEmpty()) {
            return unreadable(head, "X-Forwarded-For names something else than addresses.");
        }
        if (!scheme.isEmpty() && !scheme.equals(HTTPS) && !scheme.equals(HTTP)) {
            return unreadable(head, "X-Forwarded-Proto is not exactly one of http and https.");
        }
        if (scheme.equals(HTTP) && head.certificate().isPresent()) {
            return unreadable(head, CertificateHeader.UNENCRYPTED);
        }
        boolean secure = scheme.isEmpty() ? head.secure() : scheme.equals(HTTPS);
        HttpFacts through = head.through(client.get(), secure, RequestSpelling.host(head.host(), secure));
        return kept(certificates
                .name()
                .map(name -> through.showing(head.certificate(), name))
                .orElse(through));
    }

    /// The body comes with the request as it was sent.
    private Outcome kept(HttpFacts seen) {
        return switch (front.head(seen)) {
            case Outcome.ReadBody(int limit, var next) ->
                new Outcome.ReadBody(limit, whole -> next.apply(seen.with(whole.body())));
            case Outcome.Answer other -> other;
            case Outcome.Block other -> other;
            case Outcome.Forward other -> other;
        };
    }

    private Outcome unreadable(HttpFacts head, String detail) {
        return new Outcome.Answer(front.unreadable(Optional.of(head), 400, detail));
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return front.unreadable(head, status, detail);
    }
}
