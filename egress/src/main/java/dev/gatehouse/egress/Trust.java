package dev.gatehouse.egress;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// TLS to somebody else's server: 1.2 or 1.3, a certificate for the name that was asked for (RFC 9110 section
/// 4.3.4), from the authorities that the Java runtime trusts or, where the operator says so, from one alone.
final class Trust {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<X509Certificate> only;
    private Optional<SSLSocketFactory> sockets = Optional.empty();

    /// The Java runtime's authorities, or only this certificate.
    Trust(Optional<X509Certificate> only) {
        this.only = only;
    }

    /// Made for the first connection: the runtime has a hundred and more authorities to read.
    private synchronized SSLSocketFactory sockets() {
        if (sockets.isEmpty()) {
            sockets = Optional.of(sockets(only));
        }
        return sockets.get();
    }

    private static SSLSocketFactory sockets(Optional<X509Certificate> only) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(only.isEmpty() ? null : storeOf(only.get()));
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static KeyStore storeOf(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("only", certificate);
        return store;
    }

    /// The TLS connection over an open one, after the handshake.
    Socket over(Socket open, Target target) throws Failed, SocketTimeoutException {
        try {
            SSLSocket socket = (SSLSocket) sockets().createSocket(open, target.host(), target.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new Failed(Fetched.Cause.TLS);
        }
    }
}
