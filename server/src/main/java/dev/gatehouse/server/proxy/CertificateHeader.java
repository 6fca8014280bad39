package dev.gatehouse.server.proxy;

import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.core.http.HttpFacts;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The header in which a trusted proxy tells the certificate of the client, in one of two forms that cannot be
/// taken for each other: a byte sequence (`:...:`) as `Client-Cert` of RFC 9440 section 2.2, or a PEM block,
/// percent-encoded as nginx writes `$ssl_client_escaped_cert`. What it says is believed: it is the proxy that
/// had the client prove its key.
///
/// @param name absent where no header is looked at
public record CertificateHeader(Optional<String> name) {
    /// The longest value.
    private static final int MAX_LENGTH = 16 * 1024;

    /// Whoever sets the header says so too where there was TLS: the header is the caller's own then (GAUNTLET C04).
    static final String UNENCRYPTED = "A certificate is told of a caller who spoke no TLS.";

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /// What a request says.
    sealed interface Told {
        /// This, or that there is none. The header is not in the request any more.
        record Request(HttpFacts told) implements Told {}

        /// Something that is no certificate.
        record Unreadable(String detail) implements Told {}
    }

    /// The request with the certificate that a trusted peer tells of; without any where it tells of none.
    Told from(HttpFacts http) {
        if (name.isEmpty()) {
            return new Told.Request(http);
        }
        List<String> values = http.values(name.get()).stream()
                .filter(value -> !value.isBlank())
                .toList();
        if (values.isEmpty()) {
            return new Told.Request(http.showing(Optional.empty(), name.get()));
        }
        Optional<CallerCertificate> told =
                values.size() == 1 ? read(values.getFirst().strip()) : Optional.empty();
        return told.isEmpty()
                ? new Told.Unreadable(name.get() + " is not exactly one certificate.")
                : new Told.Request(http.showing(told, name.get()));
    }

    /// The request as anybody sends it: what the header says is nobody's word.
    HttpFacts without(HttpFacts http) {
        return name.map(header -> http.showing(http.certificate(), header)).orElse(http);
    }

    private static Optional<CallerCertificate> read(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] der = value.startsWith(":") ? sequence(value) : escaped(value);
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
                                    instanceof X509Certificate certificate
                            && Arrays.equals(certificate.getEncoded(), der) // nothing behind it
                    ? CallerCertificate.of(List.of(certificate))
                    : Optional.empty();
        } catch (IllegalArgumentException | CertificateException e) {
            return Optional.empty();
        }
    }

    private static byte[] sequence(String value) {
        if (value.length() < 2 || !value.endsWith(":")) {
            throw new IllegalArgumentException("a byte sequence ends with a colon");
        }
        return Base64.getDecoder().decode(value.substring(1, value.length() - 1));
    }

    private static byte[] escaped(String value) {
        // a plus sign is one here, and not a space
        String pem = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII)
                .strip();
        if (!pem.startsWith(BEGIN) || !pem.endsWith(END) || pem.length() < BEGIN.length() + END.length()) {
            throw new IllegalArgumentException("no PEM block of a certificate");
        }
        String text = pem.substring(BEGIN.length(), pem.length() - END.length());
        if (text.indexOf('-') >= 0) {
            throw new IllegalArgumentException("more than one block"); // the decoder would pass over the lines between
        }
        return Base64.getMimeDecoder().decode(text);
    }
}
