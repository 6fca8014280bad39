package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// GAUNTLET M04 with short deadlines: whoever does not get on loses the connection.
class SlowCallerTest {
    @Test
    void aDribbledHeadEndsTheConnection() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\nX-A: ");
            assertThat(dribble(bench, client)).isTrue();
            assertThat(bench.seen).hasValue(0);
        }
    }

    /// Sends single bytes, each as soon as a fast request on another connection has been answered.
    private static boolean dribble(TestBench bench, RawClient client) throws IOException {
        for (int i = 0; i < 100_000; i++) {
            try {
                client.send("x");
            } catch (IOException e) {
                return true;
            }
            try (RawClient other = new RawClient(bench.port)) {
                other.send("BAD\r\n\r\n").answer();
            }
        }
        return false;
    }

    @Test
    void aStalledBodyIs408() throws IOException {
        try (TestBench bench = new TestBench(_ -> new Outcome.ReadBody(1000, TestBench::ok), TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aSilentConnectionIsEnded() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, TestBench.SHORT);
                RawClient client = bench.client()) {
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aStalledUploadIs408AndLeavesNothingOpen() throws IOException {
        try (SampleUpstream upstream = new SampleUpstream(0);
                TestBench bench = new TestBench(TestBench.forward(upstream.start()), TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.ended()).isTrue();
            assertThat(bench.server.openExchanges()).isZero();
        }
    }
}
