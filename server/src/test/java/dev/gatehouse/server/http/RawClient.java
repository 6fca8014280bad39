package dev.gatehouse.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A client that sends exactly the bytes it is given and reads what comes back.
public final class RawClient implements AutoCloseable {
    /// An answer: chunks already put together.
    public record Answer(int status, List<String> headers, String body) {
        /// Every value of this header, as one line.
        public String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return String.join(
                    ", ",
                    headers.stream()
                            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                            .map(line -> line.substring(prefix.length()).strip())
                            .toList());
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /// Connects to a port of the loopback.
    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// Speaks over a connection that somebody else has made.
    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
        in = new java.io.BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// Takes a connection and the head of the request that comes in on it.
    public static Socket accepted(ServerSocket server) throws IOException {
        Socket accepted = server.accept();
        int ends = 0;
        while (ends < 2) {
            int b = accepted.getInputStream().read();
            if (b < 0) {
                throw new IOException("no request came");
            }
            ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
        }
        return accepted;
    }

    /// Sends these characters as bytes.
    public RawClient send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /// Reads one answer.
    public Answer answer() throws IOException {
        return answer(false);
    }

    /// Reads an answer as far as its head.
    Answer head() throws IOException {
        return answer(true);
    }

    /// Reads one answer, without a body when it is to a HEAD request.
    public Answer answer(boolean toHead) throws IOException {
        String line = line();
        List<String> headers = new ArrayList<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.add(header);
        }
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        Answer head = new Answer(status, headers, "");
        boolean none = toHead || status == 204 || status == 304 || status < 200;
        return new Answer(status, headers, none ? "" : new String(body(head), StandardCharsets.UTF_8));
    }

    private byte[] body(Answer head) throws IOException {
        if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (true) {
                int size = Integer.parseInt(line(), 16);
                all.write(exactly(size));
                line();
                if (size == 0) {
                    return all.toByteArray();
                }
            }
        }
        String length = head.header("Content-Length");
        return length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length != count) {
            throw new IOException("the answer ended early");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended in the middle of a head: " + line);
            }
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
    }

    /// Reads up to `count` bytes and says how many came.
    public int take(int count) throws IOException {
        int taken = 0;
        byte[] buffer = new byte[Math.min(count, 1 << 16)];
        while (taken < count) {
            int read = in.read(buffer, 0, Math.min(buffer.length, count - taken));
            if (read < 0) {
                break;
            }
            taken += read;
        }
        return taken;
    }

    /// Reads the next chunk of a chunked body as Latin-1, empty at its end. The line end behind a chunk may come
    /// with the next one.
    String chunk() throws IOException {
        String line = line();
        int size = Integer.parseInt(line.isEmpty() ? line() : line, 16);
        return new String(exactly(size), StandardCharsets.ISO_8859_1);
    }

    /// Reads a chunked body to its end without keeping it and says how many bytes it had.
    int chunks() throws IOException {
        int bytes = 0;
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            bytes += exactly(size).length;
            line();
        }
        line();
        return bytes;
    }

    /// Everything until the server ends the connection, one way or another.
    String rest() {
        StringBuilder all = new StringBuilder();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                all.append((char) b);
            }
        } catch (IOException e) {
            all.append("[reset]");
        }
        return all.toString();
    }

    /// Waits until the server has ended the connection.
    public boolean ended() {
        try {
            while (in.read() >= 0) {
                // what was still under way
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    /// Goes away in the middle.
    void leave() throws IOException {
        socket.close();
    }

    void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
