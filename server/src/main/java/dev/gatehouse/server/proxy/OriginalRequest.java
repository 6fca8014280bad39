package dev.gatehouse.server.proxy;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.server.http.RequestSpelling;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Reads the request that a proxy asks about from the request with which it asks. Nothing is guessed: each part
/// has one place, is there exactly once, and is spelt as the gateway would take it.
public final class OriginalRequest {
    /// The path at which proxies ask.
    public static final String PATH = "/verify";

    /// What a proxy asked.
    public sealed interface Result {
        /// The request that it asks about, as if that had come in itself. Its caller has shown the certificate
        /// that the proxy tells of, whatever certificate the proxy shows.
        record Read(HttpFacts call) implements Result {}

        /// It cannot be told.
        ///
        /// @param status what the gateway would answer to such a request
        record Unreadable(int status, String detail) implements Result {}

        /// Nothing that is answered here.
        ///
        /// @param code a stable word for programs
        record NotAsked(String code, String detail) implements Result {}
    }

    private record Line(String method, String target, String host) {}

    private final ProxyDialect dialect;
    private final TrustedProxies trusted;
    private final CertificateHeader certificates;
    private final int targetBytes;

    /// @param certificates where the proxy tells what certificate the caller has shown
    /// @param targetBytes how long path and query may be
    public OriginalRequest(
            ProxyDialect dialect, TrustedProxies trusted, CertificateHeader certificates, int targetBytes) {
        this.dialect = dialect;
        this.trusted = trusted;
        this.certificates = certificates;
        this.targetBytes = targetBytes;
    }

    /// Reads what a peer asks.
    public Result read(HttpFacts asked) {
        if (!trusted.contains(asked.from())) {
            return new Result.NotAsked(
                    "untrusted_proxy",
                    "This peer is not one of the trusted-proxies of the listener " + asked.listener() + ".");
        }
        return switch (dialect) {
            case ProxyDialect.Headers headers -> inHeaders(headers, asked);
            case ProxyDialect.Itself() -> behindPrefix(asked);
        };
    }

    private Result inHeaders(ProxyDialect.Headers names, HttpFacts asked) {
        if (!asked.path().equals(PATH)) {
            return new Result.NotAsked("not_found", "A proxy asks at " + PATH + ".");
        }
        if (!asked.method().equals("GET") && !asked.method().equals("HEAD")) {
            return new Result.Unreadable(405, "A proxy asks with GET.");
        }
        for (String name : List.of(names.method(), names.target(), "X-Forwarded-Host")) {
            if (asked.only(name).isEmpty()) {
                return missing(name);
            }
        }
        return read(
                asked,
                new Line(
                        asked.only(names.method()).orElseThrow(),
                        asked.only(names.target()).orElseThrow(),
                        asked.only("X-Forwarded-Host").orElseThrow()));
    }

    private Result behindPrefix(HttpFacts asked) {
        if (!asked.path().startsWith(PATH + "/")) {
            return new Result.NotAsked("not_found", "A proxy asks below " + PATH + "/.");
        }
        String path = asked.path().substring(PATH.length());
        String target = asked.query().map(query -> path + "?" + query).orElse(path);
        return read(asked, new Line(asked.method(), target, asked.only("Host").orElse("")));
    }

    private Result read(HttpFacts asked, Line line) {
        Optional<String> scheme =
                asked.only("X-Forwarded-Proto").filter(word -> word.equals("https") || word.equals("http"));
        if (scheme.isEmpty()) {
            return missing("X-Forwarded-Proto");
        }
        Optional<InetAddress> client = trusted.client(asked.values("X-Forwarded-For"));
        if (client.isEmpty()) {
            return missing("X-Forwarded-For");
        }
        if (!RequestSpelling.hostReadable(line.host())) {
            return new Result.Unreadable(400, "The original host is not one.");
        }
        int mark = line.target().indexOf('?');
        String path = mark < 0 ? line.target() : line.target().substring(0, mark);
        Optional<String> query =
                mark < 0 ? Optional.empty() : Optional.of(line.target().substring(mark + 1));
        Optional<RequestSpelling.Refused> refused = RequestSpelling.refused(line.method(), path, query, targetBytes);
        if (refused.isPresent()) {
            return new Result.Unreadable(refused.get().status(), refused.get().detail());
        }
        boolean secure = scheme.get().equals("https");
        HttpFacts call = new HttpFacts(
                asked.id(),
                asked.listener(),
                secure,
                line.method(),
                RequestSpelling.host(line.host(), secure),
                path,
                query,
                asked.headers(),
                Bytes.NONE,
                client.get(),
                asked.arrivedNanos());
        return switch (certificates.from(call)) {
            case CertificateHeader.Told.Unreadable(String detail) -> new Result.Unreadable(400, detail);
            case CertificateHeader.Told.Request(HttpFacts told)
            when !secure && told.certificate().isPresent() -> new Result.Unreadable(400, CertificateHeader.UNENCRYPTED);
            case CertificateHeader.Told.Request(HttpFacts told) -> new Result.Read(told.with(asked.trace()));
        };
    }

    private static Result missing(String name) {
        return new Result.Unreadable(
                400, "The proxy has to tell the original request in exactly one readable " + name + ".");
    }
}
