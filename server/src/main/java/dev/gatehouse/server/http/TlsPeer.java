package dev.gatehouse.server.http;

import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.server.tls.HostNames;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;

/// What the handshake of a connection has shown, kept with the connection.
///
/// @param names what our certificate is for
/// @param certificate of the caller, which has proven to have its key
record TlsPeer(HostNames names, Optional<CallerCertificate> certificate) {
    private static final String KEY = "dev.gatehouse.tls";
    private static final TlsPeer UNKNOWN = new TlsPeer(HostNames.NONE, Optional.empty());

    static TlsPeer of(ConnectionMetaData connection) {
        if (connection.getAttribute(KEY) instanceof TlsPeer known) {
            return known;
        }
        EndPoint.SslSessionData data = connection.getConnection().getEndPoint().getSslSessionData();
        TlsPeer peer = data == null || data.sslSession() == null ? UNKNOWN : of(data.sslSession());
        connection.setAttribute(KEY, peer);
        return peer;
    }

    private static TlsPeer of(SSLSession session) {
        Certificate[] shown = session.getLocalCertificates();
        HostNames names = shown != null && shown.length > 0 && shown[0] instanceof X509Certificate leaf
                ? HostNames.of(leaf)
                : HostNames.NONE;
        return new TlsPeer(names, certificate(session));
    }

    private static Optional<CallerCertificate> certificate(SSLSession session) {
        try {
            return CallerCertificate.of(Stream.of(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
