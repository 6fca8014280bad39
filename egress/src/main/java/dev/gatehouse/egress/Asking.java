package dev.gatehouse.egress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLHandshakeException;

/// Sends a request and waits for the first byte of its answer. In TLS 1.3 a client is done with the handshake
/// before the server has looked at its certificate (RFC 8446 section 4.4.2.4): that it is refused is the first
/// that is read where an answer should be, and the server has done nothing.
final class Asking {
    private Asking() {}

    /// The answer, from its first byte.
    ///
    /// @throws Failed when the server ended the handshake
    static InputStream ask(Socket socket, byte[] request) throws IOException {
        InputStream answer = new BufferedInputStream(socket.getInputStream());
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
        } catch (SSLHandshakeException e) {
            throw Alerts.failed(e);
        } catch (IOException e) {
            // A server that has gone may have said why before it went.
            begin(answer, e);
            return answer;
        }
        begin(answer);
        return answer;
    }

    private static void begin(InputStream answer, IOException unsent) throws IOException {
        try {
            begin(answer);
        } catch (Failed e) {
            throw e;
        } catch (IOException e) {
            unsent.addSuppressed(e);
            throw unsent;
        }
    }

    private static void begin(InputStream answer) throws IOException {
        try {
            answer.mark(1);
            var _ = answer.read();
            answer.reset();
        } catch (SSLHandshakeException e) {
            throw Alerts.failed(e);
        }
    }
}
