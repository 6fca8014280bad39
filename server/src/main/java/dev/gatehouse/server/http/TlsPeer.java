package dev.gatehouse.server.http;

import dev.gatehouse.server.tls.HostNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;

/// What the handshake of a connection has shown, kept with the connection.
///
/// @param names what our certificate is for
/// @param thumbprint the SHA-256 of the caller's verified certificate, in Base64url (RFC 8705 section 3.1)
record TlsPeer(HostNames names, Optional<String> thumbprint) {
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
        return new TlsPeer(names, thumbprint(session));
    }

    private static Optional<String> thumbprint(SSLSession session) {
        try {
            byte[] leaf = session.getPeerCertificates()[0].getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf);
            return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
