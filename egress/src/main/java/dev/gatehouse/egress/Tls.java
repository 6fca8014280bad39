package dev.gatehouse.egress;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// TLS to somebody else's server: 1.2 or 1.3, and a certificate for the name that was asked for (RFC 9110 section
/// 4.3.4).
///
/// @param identity who connects, where that matters
record Tls(Trust trust, Optional<ClientIdentity> identity) {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /// The TLS connection over an open one, after the handshake.
    Socket over(Socket open, Target target) throws Failed, SocketTimeoutException {
        try {
            SSLSocket socket =
                    (SSLSocket) trust.sockets(identity).createSocket(open, target.host(), target.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw Alerts.failed(e);
        }
    }
}
