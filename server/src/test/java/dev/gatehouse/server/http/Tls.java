package dev.gatehouse.server.http;

import dev.gatehouse.server.tls.ListenerTls;
import dev.gatehouse.server.tls.TlsFiles;
import dev.gatehouse.server.tls.TlsFiles.ClientCertificates;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// What tests of TLS have in common.
final class Tls {
    private Tls() {}

    /// A listener with these pairs of files (`NAME.pem`, `NAME.key`) that asks for no certificate.
    static ListenerTls listener(Path folder, String... names) {
        return listener(folder, Optional.empty(), ClientCertificates.NONE, names);
    }

    static ListenerTls listener(Path folder, Optional<Path> clientCa, ClientCertificates clients, String... names) {
        List<Path> certificates =
                Arrays.stream(names).map(name -> folder.resolve(name + ".pem")).toList();
        List<Path> keys =
                Arrays.stream(names).map(name -> folder.resolve(name + ".key")).toList();
        return ListenerTls.open(
                "test",
                new TlsFiles(certificates, keys, clientCa, clients, true),
                InstantSource.system(),
                new SecureRandom());
    }

    /// A listener for `localhost` and `127.0.0.1`.
    static ListenerTls localhost(TestAuthority ca, Path folder) throws IOException {
        ca.issue("localhost", "127.0.0.1").write(folder, "localhost");
        return listener(folder, "localhost");
    }

    /// A connection that has shaken hands.
    ///
    /// @param sni the name that is asked for; none when empty
    static SSLSocket connect(SSLContext context, int port, String sni, String... alpn) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(sni.isEmpty() ? List.of() : List.of(new SNIHostName(sni)));
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }
}
