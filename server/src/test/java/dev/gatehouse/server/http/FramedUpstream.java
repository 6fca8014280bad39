package dev.gatehouse.server.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// An upstream that frames as RFC 9112 says and notes each request: its line, and its body as it was framed.
final class FramedUpstream implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    FramedUpstream() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /// Where it listens, on the loopback.
    int port() {
        return server.getLocalPort();
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String request = line;
                int length = 0;
                boolean chunked = false;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    String lower = header.toLowerCase(Locale.ROOT);
                    chunked |= lower.startsWith("transfer-encoding:");
                    length = lower.startsWith("content-length:")
                            ? Integer.parseInt(header.substring(15).strip())
                            : length;
                }
                requests.add(request + " + "
                        + (chunked ? chunks(in) : new String(in.readNBytes(length), StandardCharsets.ISO_8859_1)));
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // the gateway has ended the connection
        }
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            all.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
            line(in);
        }
        line(in);
        return all.toString();
    }

    /// Empty at the end of the connection, too.
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
