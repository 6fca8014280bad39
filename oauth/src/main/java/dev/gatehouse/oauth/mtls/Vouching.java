package dev.gatehouse.oauth.mtls;

import dev.gatehouse.core.http.CallerCertificate;
import java.time.Instant;

/// By whose word the certificate of a connection is a client's (RFC 8705 section 2.1).
@FunctionalInterface
public interface Vouching {
    /// Whether they vouch for a certificate as a client's, now.
    boolean vouch(CallerCertificate certificate, Instant now);
}
