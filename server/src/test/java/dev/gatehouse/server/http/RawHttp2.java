package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/// A client that sends exactly the frames it is given (RFC 9113) and reads what comes back.
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    /// One frame.
    record Frame(int type, int flags, int stream, Bytes payload) {
        /// The error of a reset or of the last word of a connection.
        int error() {
            ByteBuffer in = ByteBuffer.wrap(payload.toArray());
            return type == GOAWAY ? in.getInt(4) : in.getInt(0);
        }
    }

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(1 << 20, System::nanoTime);

    /// Connects and says what has to be said first.
    ///
    /// @param settings pairs of parameter and value
    RawHttp2(SSLContext context, int port, int... settings) throws IOException {
        socket = Tls.connect(context, port, "localhost", "h2");
        if (!"h2".equals(socket.getApplicationProtocol())) {
            throw new IOException("HTTP/2 was not chosen");
        }
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        send(SETTINGS, 0, 0, payload.array());
    }

    RawHttp2 send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
        return this;
    }

    /// A request head without a body.
    RawHttp2 request(int stream, String... namesAndValues) throws IOException {
        return send(HEADERS, END_HEADERS | END_STREAM, stream, block(namesAndValues));
    }

    /// An ordinary `GET`.
    RawHttp2 get(int stream, String path) throws IOException {
        return request(stream, ":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", path);
    }

    /// A header block of literals that are not indexed (RFC 7541 section 6.2.2).
    static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            text(namesAndValues[i], block);
            text(namesAndValues[i + 1], block);
        }
        return block.toByteArray();
    }

    private static void text(String text, ByteArrayOutputStream block) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                block.write((rest & 0x7f) | 0x80);
                rest >>= 7;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    Frame frame() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, Bytes.of(payload));
    }

    /// The next frame that ends this stream's answer or says that there is none: HEADERS, RST_STREAM, GOAWAY.
    /// Those of the connection itself are passed over.
    Frame answer(int stream) throws IOException {
        while (true) {
            Frame frame = frame();
            if (frame.type() == GOAWAY || (frame.stream() == stream && frame.type() != WINDOW_UPDATE)) {
                return frame;
            }
        }
    }

    /// The head of the next answer, whichever stream it is on.
    Frame answer() throws IOException {
        Frame frame = frame();
        while (frame.type() != HEADERS) {
            frame = frame();
        }
        return frame;
    }

    /// The status of an answer, or -1 when its stream is reset or the connection ends.
    int status(int stream) throws IOException {
        Frame frame = answer(stream);
        return frame.type() == HEADERS ? head(frame).getStatus() : -1;
    }

    MetaData.Response head(Frame frame) throws IOException {
        try {
            return (MetaData.Response)
                    decoder.decode(ByteBuffer.wrap(frame.payload().toArray()));
        } catch (HpackException e) {
            throw new IOException(e);
        }
    }

    /// Every frame until the server ends the connection.
    List<Frame> rest() {
        List<Frame> frames = new ArrayList<>();
        try {
            while (true) {
                frames.add(frame());
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection was not ended", e);
        } catch (IOException e) {
            return frames;
        }
    }

    /// Sends the same again and again, until the server ends the connection; says whether it did.
    boolean flood(int most, Flood one) {
        try {
            for (int i = 0; i < most; i++) {
                one.send(i);
            }
            rest();
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    /// One round of a flood.
    interface Flood {
        void send(int round) throws IOException;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
