package dev.gatehouse.oauth.mtls;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.oauth.client.KnownKeys;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.Date;

/// Whether the certificate of a connection is a client's, by what is kept of that.
///
/// @param authorities sign for names
/// @param keys of clients that need nobody to sign for them
public record ClientCertificates(Vouching authorities, KnownKeys keys) {
    /// Blocks where a client keeps its keys itself.
    ///
    /// @param method how the client authenticates
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when those cannot be had now
    public boolean matches(CallerCertificate shown, ClientMethod method, PublicKeys kept, Instant now) {
        return switch (method) {
            // The name first: it is cheap, and no signature is checked for whoever has another one.
            case TLS ->
                kept.subject()
                                .filter(subject -> BornNames.has(shown.leaf(), subject))
                                .isPresent()
                        && authorities.vouch(shown, now);
            // RFC 8705 section 2.2: the key counts, and who signed for it does not.
            case SELF_SIGNED_TLS ->
                kept.subject().isEmpty()
                        && inTime(shown, now)
                        && keys.holds(shown.leaf().getPublicKey(), kept);
            case SECRET, SECRET_BASIC, SECRET_POST, PRIVATE_KEY_JWT, NONE -> false;
        };
    }

    private static boolean inTime(CallerCertificate shown, Instant now) {
        try {
            shown.leaf().checkValidity(Date.from(now));
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }
}
