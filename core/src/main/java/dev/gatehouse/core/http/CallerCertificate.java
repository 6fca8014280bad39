package dev.gatehouse.core.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The certificate of whoever sends a request, which has proven to have its key. Nothing else is said by it:
/// who signed it, and whether it is out of time, is judged by whoever goes by it.
///
/// @param thumbprint the SHA-256 of the certificate, in base64url (RFC 8705 section 3.1)
/// @param chain the certificate, and what came with it
public record CallerCertificate(String thumbprint, List<X509Certificate> chain) {
    /// The most certificates of a chain.
    public static final int MAX_CHAIN = 8;

    /// Keeps a copy.
    public CallerCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IllegalArgumentException("a chain has 1 to " + MAX_CHAIN + " certificates");
        }
    }

    /// Of a chain, the caller's own certificate first; empty when it cannot be one.
    public static Optional<CallerCertificate> of(List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            return Optional.empty();
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
            return Optional.of(new CallerCertificate(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(digest), chain));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The caller's own.
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "[certificate " + thumbprint + "]";
    }
}
