package dev.gatehouse.server.http;

import static dev.gatehouse.server.http.RawHttp2.DATA;
import static dev.gatehouse.server.http.RawHttp2.END_HEADERS;
import static dev.gatehouse.server.http.RawHttp2.END_STREAM;
import static dev.gatehouse.server.http.RawHttp2.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An upstream that answers before the body is here (GAUNTLET K05), over HTTP/2: what is left of the body holds up
/// its own stream for a while, and nothing else.
class EarlyAnswerOverHttp2Test extends Http2HostileFixture {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";

    private TestBench bench(RawUpstream upstream) throws IOException {
        return new TestBench(TestBench.forward(upstream.port()), HttpLimits.DEFAULT, Tls.localhost(CA, folder));
    }

    private static void answered(RawHttp2 client, int stream) throws IOException {
        assertThat(client.status(stream)).isEqualTo(200);
        RawHttp2.Frame last = client.answer(stream);
        assertThat(last.type()).isEqualTo(DATA);
        assertThat(last.flags() & END_STREAM).isEqualTo(END_STREAM);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void theRestIsDropped(int first) throws IOException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = bench(upstream);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.send(HEADERS, END_HEADERS, 1, RawHttp2.block(Http2Test.head("POST")));
            client.send(DATA, 0, 1, new byte[first]);
            answered(client, 1);
            client.get(3, "/between");
            answered(client, 3);
            client.send(DATA, END_STREAM, 1, new byte[5]);
            client.get(5, "/after");
            answered(client, 5);
            assertThat(bench.seen).hasValue(3);
        }
    }

    @Test
    void aCallerThatNeverSendsTheRestIsNotWaitedForLong() throws IOException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = bench(upstream);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.send(HEADERS, END_HEADERS, 1, RawHttp2.block(Http2Test.head("POST")));
            answered(client, 1);
            while (bench.server.openExchanges() > 0) {
                bench.pass(HttpLimits.DEFAULT.rateGrace().plus(Duration.ofSeconds(1)));
                Thread.onSpinWait();
            }
            client.get(3, "/after");
            answered(client, 3);
        }
    }
}
