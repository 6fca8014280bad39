package dev.gatehouse.egress;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What the other side says of a TLS handshake that it ends (RFC 8446 section 6.2). The JDK has no other form
/// for it than the words of its exception.
final class Alerts {
    /// What a server may say of the certificate of a client. `handshake_failure` says too little.
    private static final List<String> OF_CERTIFICATES = List.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "certificate_required");

    private Alerts() {}

    /// A server that says something of certificates speaks of the one that it was shown; what is said of its own is
    /// not received.
    static Failed failed(IOException handshake) {
        boolean refused = handshake instanceof SSLException && refused(handshake.getMessage());
        return new Failed(refused ? Fetched.Cause.CERTIFICATE : Fetched.Cause.TLS);
    }

    private static boolean refused(@Nullable String message) {
        return message != null
                && OF_CERTIFICATES.stream().anyMatch(alert -> message.endsWith("Received fatal alert: " + alert));
    }
}
