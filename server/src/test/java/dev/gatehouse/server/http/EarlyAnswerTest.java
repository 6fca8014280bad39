package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// An upstream may answer before the caller has sent its body. What is left of the body is nobody's, and never the
/// next request of the connection (GAUNTLET K05).
class EarlyAnswerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final String REST = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void theConnectionGoesOnAfterTheRest() throws IOException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send(head("Content-Length: " + REST.length() + "\r\n"));
            assertThat(client.answer().body()).isEqualTo("good");
            goesOn(bench, client);
        }
    }

    @Test
    void theConnectionGoesOnAfterTheRestThatWasAskedFor() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream((_, _) -> {
                    awaited(asked);
                    return RawUpstream.Step.keep(OK);
                });
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send(head("Content-Length: " + REST.length() + "\r\nExpect: 100-continue\r\n"));
            assertThat(client.answer().status()).isEqualTo(100);
            asked.countDown();
            assertThat(client.answer().body()).isEqualTo("good");
            goesOn(bench, client);
        } finally {
            asked.countDown();
        }
    }

    /// The upstream may still get the rest, as the body that it is, until the answer is known to be out.
    private static void goesOn(TestBench bench, RawClient client) throws IOException {
        assertThat(client.send(REST).send(NEXT).answer().body()).isEqualTo("good");
        assertThat(bench.last.path()).isEqualTo("/next");
        assertThat(bench.seen).hasValue(2);
    }

    @Test
    void theRestOfAChunkedBodyIsDropped() throws IOException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send(head("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n");
            assertThat(client.answer().body()).isEqualTo("good");
            String chunk = Integer.toHexString(REST.length()) + "\r\n" + REST + "\r\n";
            assertThat(client.send(chunk + "0\r\n\r\n" + NEXT).answer().body()).isEqualTo("good");
            assertThat(bench.last.path()).isEqualTo("/next");
            assertThat(bench.seen).hasValue(2);
        }
    }

    @Test
    void theUpstreamIsNotWaitedForAnyMore() throws IOException, InterruptedException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send(head("Content-Length: 10\r\n"));
            assertThat(client.answer().body()).isEqualTo("good");
            assertThat(upstream.firstEnded.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCallerThatNeverSendsTheRestIsNotWaitedForLong() throws IOException {
        try (RawUpstream upstream = new RawUpstream(OK);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send(head("Content-Length: 10\r\n"));
            assertThat(client.answer().body()).isEqualTo("good");
            CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(client::ended);
            // The bytes may come a little before the server knows that they are out.
            while (!ended.isDone()) {
                bench.pass(HttpLimits.DEFAULT.rateGrace().plus(Duration.ofSeconds(1)));
                Thread.onSpinWait();
            }
            assertThat(ended.join()).isTrue();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String head(String headers) {
        return "POST /a HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
    }
}
