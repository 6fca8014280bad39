package dev.gatehouse.server.http;

import static dev.gatehouse.server.http.RawHttp2.DATA;
import static dev.gatehouse.server.http.RawHttp2.END_HEADERS;
import static dev.gatehouse.server.http.RawHttp2.END_STREAM;
import static dev.gatehouse.server.http.RawHttp2.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ClosedPort;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GivenBackTest extends Http2HostileFixture {
    /// RFC 9113 section 5.2: all streams share the window of the connection.
    @Test
    void whatWasReadForACallThatFailsIsGivenBack() throws IOException {
        try (ClosedPort closed = new ClosedPort();
                TestBench bench = new TestBench(
                        TestBench.forward(closed.number()), HttpLimits.DEFAULT, Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            int calls = 2 * Http2Limits.DEFAULT.connectionWindow() / Http2Limits.DEFAULT.frameBytes();
            for (int stream = 1; stream < 2 * calls; stream += 2) {
                client.send(HEADERS, END_HEADERS, stream, RawHttp2.block(Http2Test.head("POST")));
                client.send(DATA, END_STREAM, stream, new byte[Http2Limits.DEFAULT.frameBytes()]);
                assertThat(client.status(stream)).isEqualTo(503);
            }
        }
    }
}
