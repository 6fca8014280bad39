package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections to an upstream are kept, but never trusted to be still alive (RFC 9112 section 9.3.1).
class PooledUpstreamTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    /// Gives the first connection up as the second request comes, with the bytes; later ones do as told.
    private static RawUpstream.Behaviour stale(String bytes, RawUpstream.Step later) {
        return (connection, request) ->
                connection > 1 ? later : request == 1 ? RawUpstream.Step.keep(OK) : RawUpstream.Step.close(bytes);
    }

    @Test
    void aConnectionIsUsedAgain() throws IOException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(GET).answer().body()).isEqualTo("good");
            }
            assertThat(upstream.reused).hasValue(19);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void aSafeCallThatMeetsAStaleConnectionIsSentOnceMore(String method) throws IOException {
        try (RawUpstream upstream = new RawUpstream(stale("", RawUpstream.Step.keep(OK)));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            RawClient.Answer answer =
                    client.send(method + " /a HTTP/1.1\r\nHost: h\r\n\r\n").answer(method.equals("HEAD"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(upstream.requests).hasValue(3);
            assertThat(upstream.reused).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello",
                "DELETE /a HTTP/1.1\r\nHost: h\r\n\r\n"
            })
    void aCallThatMayHaveDoneSomethingIsNot(String call) throws IOException {
        try (RawUpstream upstream = new RawUpstream(stale("", RawUpstream.Step.keep(OK)));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            assertThat(client.send(call).answer().status()).isEqualTo(502);
            assertThat(upstream.requests).hasValue(2);
        }
    }

    @Test
    void theSecondSendingIsTheLast() throws IOException {
        try (RawUpstream upstream = new RawUpstream(stale("", RawUpstream.Step.close("")));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            assertThat(client.send(GET).answer().status()).isEqualTo(502);
            assertThat(upstream.requests).hasValue(3);
        }
    }

    @Test
    void aCallWhoseAnswerHadBegunIsNotSentOnceMore() throws IOException {
        try (RawUpstream upstream = new RawUpstream(stale("HTTP/1.1 2", RawUpstream.Step.keep(OK)));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            assertThat(client.send(GET).answer().status()).isEqualTo(502);
            assertThat(upstream.requests).hasValue(2);
        }
    }

    @Test
    void aNewConnectionThatFailsIsNotAStaleOne() throws IOException {
        try (RawUpstream upstream = new RawUpstream((_, _) -> RawUpstream.Step.close(""));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(502);
            assertThat(upstream.requests).hasValue(1);
        }
    }

    @Test
    void anUpstreamThatEndsEachConnectionAfterItsAnswerHarmsNoCall() throws IOException {
        try (RawUpstream upstream = new RawUpstream((_, _) -> RawUpstream.Step.close(OK));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.send(GET).answer().body()).isEqualTo("good");
            }
            assertThat(upstream.requests).hasValue(50);
        }
    }

    @Test
    void anUnusedConnectionIsEndedByUs() throws IOException, InterruptedException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()), TestBench.SHORT);
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            assertThat(upstream.firstEnded.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
