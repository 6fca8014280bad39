package dev.gatehouse.server.tls;

import dev.gatehouse.server.config.NodeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of one listener.
///
/// @param certificates PEM, the leaf first; the first file is the default
/// @param keys PEM, in the same order
/// @param clientCa PEM of those who sign the certificates of callers; anybody when absent
public record TlsFiles(
        List<Path> certificates, List<Path> keys, Optional<Path> clientCa, ClientCertificates clients, boolean http2) {
    /// Keeps copies.
    public TlsFiles {
        certificates = List.copyOf(certificates);
        keys = List.copyOf(keys);
        if (certificates.isEmpty() || certificates.size() != keys.size()) {
            throw new IllegalArgumentException("each certificate needs its key");
        }
        if (clients == ClientCertificates.REQUIRE && clientCa.isEmpty()) {
            throw new IllegalArgumentException("certificates of callers need somebody who signs them");
        }
    }

    /// The files that the configuration names.
    public static TlsFiles of(NodeConfig.Tls set) {
        return new TlsFiles(
                set.certificates(),
                set.keys(),
                set.clientCa(),
                switch (set.clientCertificates()) {
                    case NONE -> ClientCertificates.NONE;
                    case WANT -> ClientCertificates.WANT;
                    case REQUIRE -> ClientCertificates.REQUIRE;
                },
                set.http2());
    }

    /// Whether callers show a certificate.
    public enum ClientCertificates {
        /// They are not asked for one.
        NONE,
        /// They may.
        WANT,
        /// Without one there is no connection.
        REQUIRE
    }
}
