package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K05: the bytes of one connection never come up on another.
class RequestBuffersTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBufferThatIsGivenBackIsNotHandedOutAgain(boolean direct) {
        RequestBuffers buffers = new RequestBuffers(new ArrayByteBufferPool());
        RetainableByteBuffer first = buffers.acquire(RequestBuffers.BYTES, direct);
        first.release();
        RetainableByteBuffer second = buffers.acquire(RequestBuffers.BYTES, direct);
        first.getByteBuffer().clear().put(0, (byte) 'x');
        assertThat(second.getByteBuffer().clear().get(0)).isZero();
        assertThat(second.capacity()).isEqualTo(RequestBuffers.BYTES);
    }

    @Test
    void otherSizesArePooled() {
        RequestBuffers buffers = new RequestBuffers(new ArrayByteBufferPool());
        RetainableByteBuffer first = buffers.acquire(2 * RequestBuffers.BYTES, true);
        first.release();
        assertThat(buffers.acquire(2 * RequestBuffers.BYTES, true).getByteBuffer())
                .isSameAs(first.getByteBuffer());
    }

    /// A head and a body that need more than one buffer.
    @Test
    void whatIsLongerThanABufferIsRead() throws IOException {
        try (TestBench bench = new TestBench(_ -> new Outcome.ReadBody(100_000, RequestBuffersTest::length));
                RawClient client = bench.client()) {
            String head = "POST /a HTTP/1.1\r\nHost: h\r\nX-A: " + "a".repeat(RequestBuffers.BYTES)
                    + "\r\nContent-Length: " + 5 * RequestBuffers.BYTES + "\r\n\r\n";
            String body = "b".repeat(5 * RequestBuffers.BYTES);
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(head + body).answer().body()).contains("/" + 5 * RequestBuffers.BYTES);
            }
        }
    }

    private static Outcome length(HttpFacts whole) {
        return new Outcome.Answer(
                Reply.json(200, Map.of("path", "/" + whole.body().toArray().length)));
    }
}
