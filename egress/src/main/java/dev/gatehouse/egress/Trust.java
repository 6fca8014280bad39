package dev.gatehouse.egress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates are trusted: those of the authorities that the Java runtime trusts or, where the operator
/// says so, of one alone.
final class Trust {
    private static final KeyManager[] NOBODY = {};

    private final Optional<X509Certificate> only;
    private Optional<TrustManager[]> managers = Optional.empty();
    private Optional<SSLSocketFactory> sockets = Optional.empty();

    /// The Java runtime's authorities, or only this certificate.
    Trust(Optional<X509Certificate> only) {
        this.only = only;
    }

    /// Makes connections of somebody. Whoever shows a certificate has a context of its own for each request:
    /// sessions are resumed with the identity that they began with, so none is shared with anybody.
    SSLSocketFactory sockets(Optional<ClientIdentity> identity) {
        return identity.map(one -> context(one.managers())).orElseGet(this::sockets);
    }

    private synchronized SSLSocketFactory sockets() {
        if (sockets.isEmpty()) {
            sockets = Optional.of(context(NOBODY));
        }
        return sockets.get();
    }

    private SSLSocketFactory context(KeyManager[] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, managers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /// Made for the first connection: the runtime has a hundred and more authorities to read.
    private synchronized TrustManager[] managers() throws GeneralSecurityException, IOException {
        if (managers.isEmpty()) {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(only.isEmpty() ? null : storeOf(only.get()));
            managers = Optional.of(trust.getTrustManagers());
        }
        return managers.get();
    }

    private static KeyStore storeOf(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("only", certificate);
        return store;
    }
}
