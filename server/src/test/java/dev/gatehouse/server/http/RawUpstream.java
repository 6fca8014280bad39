package dev.gatehouse.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// An upstream that answers requests without a body with exactly the bytes it is told to, and counts.
public final class RawUpstream implements AutoCloseable {
    /// What to do with a request; both numbers begin with 1.
    public interface Behaviour {
        Step step(int connection, int request);
    }

    /// Sends the bytes, then ends the connection or not.
    public record Step(String bytes, boolean close) {
        /// Leaves the connection open.
        public static Step keep(String bytes) {
            return new Step(bytes, false);
        }

        /// Ends the connection.
        public static Step close(String bytes) {
            return new Step(bytes, true);
        }
    }

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    /// Requests that came on a connection that had served one before.
    final AtomicInteger reused = new AtomicInteger();

    final CountDownLatch firstEnded = new CountDownLatch(1);
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Behaviour behaviour;

    /// Answers every request with the same bytes, on as many connections as asked for.
    RawUpstream(String answer) throws IOException {
        this((_, _) -> Step.keep(answer));
    }

    /// Answers as it is told.
    public RawUpstream(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    /// How many requests have come.
    public int requests() {
        return requests.get();
    }

    /// Where it listens, on the loopback.
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = socket.getInputStream();
            int end = 0;
            int request = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                end = b == '\n' ? end + 1 : b == '\r' ? end : 0;
                if (end == 2) {
                    requests.incrementAndGet();
                    if (++request > 1) {
                        reused.incrementAndGet();
                    }
                    Step step = behaviour.step(connection, request);
                    socket.getOutputStream().write(step.bytes().getBytes(StandardCharsets.ISO_8859_1));
                    if (step.close()) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // the gateway has ended the connection
        } finally {
            firstEnded.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
