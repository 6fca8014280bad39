package dev.gatehouse.egress;

import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/// Somebody else's server on the loopback, byte by byte: it keeps every head that it got and answers as it is
/// told.
final class PeerServer implements AutoCloseable {
    /// What it does once it has read a head.
    @FunctionalInterface
    interface Behaviour {
        void answer(InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket listening;
    private final Behaviour behaviour;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private PeerServer(ServerSocket listening, Behaviour behaviour) {
        this.listening = listening;
        this.behaviour = behaviour;
        Thread.ofVirtual().name("peer").start(this::accept);
    }

    static PeerServer answering(String answer) {
        return on("127.0.0.1", 0, (_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static PeerServer behaving(Behaviour behaviour) {
        return on("127.0.0.1", 0, behaviour);
    }

    static PeerServer on(String address, int port, Behaviour behaviour) {
        try {
            return new PeerServer(
                    new ServerSocket(port, 50, AddressBlock.numeric(address).orElseThrow()), behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PeerServer tls(TestAuthority.Issued shown, String answer) {
        try {
            return new PeerServer(
                    TestAuthority.server(shown)
                            .getServerSocketFactory()
                            .createServerSocket(
                                    0, 50, AddressBlock.numeric("127.0.0.1").orElseThrow()),
                    (_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that wants a certificate, and trusts nobody's.
    static PeerServer distrusting(TestAuthority.Issued shown, String version) {
        try {
            SSLServerSocket listening = (SSLServerSocket) TestAuthority.server(shown)
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, AddressBlock.numeric("127.0.0.1").orElseThrow());
            listening.setEnabledProtocols(new String[] {version});
            listening.setNeedClientAuth(true);
            return new PeerServer(listening, (_, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    List<String> heads() {
        return heads;
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().name("peer-connection").start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            heads.add(head(in));
            behaviour.answer(in, socket.getOutputStream());
        } catch (IOException e) {
            // The caller went away or broke the handshake: the test looks at what the caller says.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the head broke off");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
