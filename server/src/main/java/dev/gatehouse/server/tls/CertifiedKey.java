package dev.gatehouse.server.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate with its chain and its private key.
///
/// @param file where the certificate is
/// @param chain the leaf first
record CertifiedKey(String file, List<X509Certificate> chain, PrivateKey key, HostNames names) {
    private static final int MAX_CHAIN = 10;
    private static final int MIN_RSA_BITS = 2048;

    /// Never the key.
    @Override
    public String toString() {
        return file;
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    static CertifiedKey read(String file, byte[] certificates, String keyFile, byte[] key) {
        List<X509Certificate> chain = certificates(file, certificates);
        if (chain.size() > MAX_CHAIN) {
            throw new TlsException(file + ": there are more than " + MAX_CHAIN + " certificates in a chain");
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!signed(chain.get(i), chain.get(i + 1))) {
                throw new TlsException(file + ": certificate " + (i + 2) + " did not sign certificate " + (i + 1)
                        + "; the server's own comes first, each is followed by the one that signed it");
            }
        }
        X509Certificate leaf = chain.getFirst();
        PublicKey certified = leaf.getPublicKey();
        if (!certified.getAlgorithm().equals("EC") && !certified.getAlgorithm().equals("RSA")) {
            throw new TlsException(file + ": the certificate is for a key that is neither EC nor RSA");
        }
        if (certified instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new TlsException(file + ": the RSA key has fewer than " + MIN_RSA_BITS + " bits");
        }
        HostNames names = HostNames.of(leaf);
        if (names.isEmpty()) {
            throw new TlsException(file + ": the certificate names no host (subjectAltName)");
        }
        return new CertifiedKey(file, chain, PrivateKeys.read(key, certified, keyFile), names);
    }

    /// All certificates of a file, at least one.
    static List<X509Certificate> certificates(String file, byte[] content) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem.Block block : Pem.blocks(content, file)) {
                if (block.label().equals("CERTIFICATE")
                        && factory.generateCertificate(
                                        new ByteArrayInputStream(block.der().toArray()))
                                instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (CertificateException e) {
            throw new TlsException(file + ": a certificate in it cannot be read", e);
        }
        if (certificates.isEmpty()) {
            throw new TlsException(file + ": there is no certificate in it");
        }
        return List.copyOf(certificates);
    }

    private static boolean signed(X509Certificate certificate, X509Certificate by) {
        try {
            certificate.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
