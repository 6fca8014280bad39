package dev.gatehouse.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Everything that the files of a listener say, read and checked.
record TlsMaterial(List<CertifiedKey> keys, SSLContext context) {
    private static final int SESSIONS = 20_000;
    private static final Duration SESSION_LIFE = Duration.ofHours(1);

    static TlsMaterial of(TlsFiles files, TlsContent content, SecureRandom random) {
        content.problem().ifPresent(problem -> {
            throw new TlsException(problem);
        });
        List<CertifiedKey> keys = new ArrayList<>();
        for (int i = 0; i < files.certificates().size(); i++) {
            keys.add(CertifiedKey.read(
                    files.certificates().get(i).toString(),
                    content.certificates().get(i),
                    files.keys().get(i).toString(),
                    content.keys().get(i)));
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new ServerKeys(keys)}, trusted(files, content), random);
            // A context of its own for every set of files: sessions of earlier ones cannot be resumed.
            context.getServerSessionContext().setSessionCacheSize(SESSIONS);
            context.getServerSessionContext().setSessionTimeout((int) SESSION_LIFE.toSeconds());
            return new TlsMaterial(List.copyOf(keys), context);
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trusted(TlsFiles files, TlsContent content)
            throws GeneralSecurityException, IOException {
        if (files.clients() == TlsFiles.ClientCertificates.NONE) {
            return new TrustManager[0];
        }
        if (content.clientCa().isEmpty()) {
            return new TrustManager[] {new AnyClient()};
        }
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        String file = files.clientCa().map(Object::toString).orElse("");
        int number = 0;
        for (X509Certificate authority :
                CertifiedKey.certificates(file, content.clientCa().getFirst())) {
            if (authority.getBasicConstraints() < 0) {
                throw new TlsException(file + ": a certificate in it is not one of an authority");
            }
            authorities.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    /// The first certificate that is not valid at this moment, and why.
    void refuseOutOfTime(Instant now) {
        for (CertifiedKey key : keys) {
            if (key.notAfter().isBefore(now)) {
                throw new TlsException(key.file() + ": the certificate has expired at " + key.notAfter());
            }
            if (key.notBefore().isAfter(now)) {
                throw new TlsException(key.file() + ": the certificate is not valid before " + key.notBefore());
            }
        }
    }
}
