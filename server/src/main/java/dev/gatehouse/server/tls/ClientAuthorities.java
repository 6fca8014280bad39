package dev.gatehouse.server.tls;

import dev.gatehouse.oauth.mtls.Authorities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// Reads those who sign the certificates by which clients prove themselves.
public final class ClientAuthorities {
    private static final int MAX_BYTES = 1024 * 1024;

    private ClientAuthorities() {}

    /// Those of a file of certificates in PEM.
    ///
    /// @throws TlsException when the file cannot be used
    public static Authorities read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new TlsException(file + ": the file is larger than " + MAX_BYTES + " bytes");
            }
            List<X509Certificate> all = CertifiedKey.certificates(file.toString(), content);
            return new Authorities(all);
        } catch (IllegalArgumentException e) {
            throw new TlsException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TlsException(
                    file + ": the file cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
