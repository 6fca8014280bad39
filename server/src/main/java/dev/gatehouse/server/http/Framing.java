package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;

/// What the headers say about where a request ends and whom it is for (RFC 9112 section 6, GAUNTLET K05). Names
/// that fold to the ones that matter count as these: a server behind us may read them so.
final class Framing {
    private final HttpVersion version;
    private int lengths;
    private int encodings;
    private int hosts;
    private int authorizations;
    private boolean encodingOdd;
    private boolean lengthOdd;
    private boolean expectationOdd;
    private boolean webSocket;
    private boolean alias;
    private String host = "";

    Framing(HttpVersion version) {
        this.version = version;
    }

    void see(Header header) {
        String name = header.name();
        switch (header.folded()) {
            case "contentlength" -> {
                lengths++;
                alias |= !name.equalsIgnoreCase("Content-Length");
                lengthOdd |= !plainNumber(header.value());
            }
            case "transferencoding" -> {
                encodings++;
                alias |= !name.equalsIgnoreCase("Transfer-Encoding");
                encodingOdd |= !header.value().equalsIgnoreCase("chunked");
            }
            case "host" -> {
                hosts++;
                host = header.value();
                alias |= !name.equalsIgnoreCase("Host");
            }
            case "authorization" -> authorizations++;
            case "expect" -> expectationOdd |= !header.value().equalsIgnoreCase("100-continue");
            case "upgrade" -> webSocket |= Header.fold(header.value()).contains("websocket");
            default -> {}
        }
    }

    String host() {
        return host;
    }

    /// Why the request could be read in two ways; empty when it cannot.
    Optional<String> ambiguous() {
        if (hosts != 1 || !RequestSpelling.hostReadable(host)) {
            return Optional.of("There must be exactly one Host.");
        }
        if (alias) {
            return Optional.of("A header looks like one that frames the request.");
        }
        // RFC 9112 section 6.1: only `chunked`, only in HTTP/1.1, never together with a length.
        if (encodings > 1 || encodingOdd || (encodings == 1 && (lengths > 0 || version != HttpVersion.HTTP_1_1))) {
            return Optional.of("The transfer coding is not exactly one `chunked`.");
        }
        if (lengths > 1 || lengthOdd) {
            return Optional.of("The content length is not exactly one number.");
        }
        if (authorizations > 1) {
            return Optional.of("There is more than one Authorization header.");
        }
        return expectationOdd ? Optional.of("The expectation is not known.") : Optional.empty();
    }

    /// Whether the caller wants to leave HTTP for frames that we do not read (GAUNTLET K07). Other upgrades, such
    /// as the `h2c` that some clients offer on every call, are declined by answering in HTTP/1.1.
    boolean webSocket() {
        return webSocket;
    }

    private static boolean plainNumber(String value) {
        if (value.isEmpty() || value.length() > 18) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
