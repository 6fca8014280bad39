package dev.gatehouse.egress;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;

/// Who a request is from, for servers that want a certificate (RFC 8446 section 4.4.2).
///
/// @param chain the certificate first, then those that signed it
/// @param key the certificate's private key
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
    /// Keeps a copy of the chain, which has at least the certificate.
    public ClientIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a certificate is needed");
        }
    }

    KeyManager[] managers() {
        return new KeyManager[] {new OwnKey(this)};
    }

    /// Without the key.
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
