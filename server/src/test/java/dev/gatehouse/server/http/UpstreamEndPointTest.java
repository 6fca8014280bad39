package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left behind an answer ends its connection; what becomes of the answer's buffer afterwards does not.
class UpstreamEndPointTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";

    private final ByteBuffer first = BufferUtil.allocate(1024);
    private SocketChannel upstream;
    private UpstreamEndPoint endPoint;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel ours = SocketChannel.open(server.getLocalAddress());
            upstream = server.accept();
            endPoint = new UpstreamEndPoint(ours, null, null, null, new Turns(Runnable::run), Duration.ofSeconds(4));
        }
    }

    @AfterEach
    void close() throws IOException {
        upstream.close();
        endPoint.close();
    }

    @Test
    void theEndOfAWholeAnswerIsNoSurplus() throws IOException {
        answer();
        first.position(first.limit());
        assertThat(endPoint.endsWithSurplus()).isFalse();
    }

    @Test
    void bytesThatNobodyReadAreASurplus() throws IOException {
        answer();
        first.position(first.limit() - 1);
        assertThat(endPoint.endsWithSurplus()).isTrue();
    }

    @Test
    void bytesThatTheClientThrewAwayAreASurplus() throws IOException {
        answer();
        BufferUtil.clear(first);
        assertThat(endPoint.fill(BufferUtil.allocate(1024))).isEqualTo(-1);
        assertThat(endPoint.endsWithSurplus()).isTrue();
    }

    /// The pool takes the buffer back while the connection already serves the next call: that call is not harmed.
    @Test
    void theBufferOfAnEndedAnswerSaysNothingOfTheNext() throws IOException {
        answer();
        first.position(first.limit());
        assertThat(endPoint.endsWithSurplus()).isFalse();
        BufferUtil.reset(first);
        ByteBuffer second = BufferUtil.allocate(1024);
        send();
        assertThat(endPoint.fill(second)).isEqualTo(ANSWER.length());
    }

    private void answer() throws IOException {
        send();
        assertThat(endPoint.fill(first)).isEqualTo(ANSWER.length());
    }

    private void send() throws IOException {
        upstream.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.US_ASCII)));
    }
}
