package dev.gatehouse.core.secret;

import java.util.Optional;

/// The public keys of a client that signs what proves it, or proves itself by its certificate: no secret, and
/// as good as one for telling.
///
/// @param jwks a JWK Set (RFC 7517 section 5), read and written anew by whoever knows keys, or the https URL of
///     one that the client keeps itself, or a [CertificateSubject], whose key an authority vouches for, or a
///     [TrustedIssuer], whose keys they are and not the client's
public record PublicKeys(String jwks) implements Evidence {
    private static final String AWAY = "https://";

    /// Where the client keeps them, when it does that itself.
    public Optional<String> uri() {
        return jwks.startsWith(AWAY) ? Optional.of(jwks) : Optional.empty();
    }

    /// The name in a certificate, where an authority vouches for the key.
    public Optional<CertificateSubject> subject() {
        return CertificateSubject.of(jwks);
    }

    /// Whose word is believed, where these are not the client's own.
    public Optional<TrustedIssuer> trusted() {
        return TrustedIssuer.of(jwks);
    }
}
