package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET M04: bodies that are held whole share one budget, however many connections and streams they come on.
class BodyBudgetTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    private static final SSLContext TRUSTING = CA.client(Optional.empty());
    private static final int SIZE = 300;

    @TempDir
    Path folder;

    static HttpLimits holding(long bytes) {
        HttpLimits rest = HttpLimits.DEFAULT;
        return new HttpLimits(
                rest.threads(),
                rest.connections(),
                rest.acceptQueue(),
                rest.headBytes(),
                rest.targetBytes(),
                rest.headers(),
                bytes,
                rest.idle(),
                rest.head(),
                rest.minimumRate(),
                rest.rateGrace(),
                rest.connect(),
                rest.upstreamHead(),
                rest.upstreamIdle(),
                rest.upstreamConnections(),
                rest.upstreamQueue(),
                rest.verify(),
                rest.mint(),
                rest.revoke(),
                rest.replace(),
                rest.hear(),
                rest.admin(),
                rest.platform(),
                rest.permitWait(),
                rest.heard(),
                rest.drain());
    }

    @Test
    void theStreamsOfOneConnectionShareIt() throws IOException {
        try (TestBench bench = new TestBench(
                        _ -> new Outcome.ReadBody(1000, TestBench::ok), holding(3 * SIZE), Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            for (int stream = 1; stream <= 7; stream += 2) {
                client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.block(Http2Test.head("POST")))
                        .send(RawHttp2.DATA, 0, stream, new byte[SIZE]);
            }
            RawHttp2.Frame refused = client.answer();
            assertThat(client.head(refused).getStatus()).isEqualTo(503);
            assertThat(client.head(refused).getHttpFields().get("Retry-After")).isEqualTo("1");
            List<Integer> rest = Stream.of(1, 3, 5, 7)
                    .filter(stream -> stream != refused.stream())
                    .toList();
            for (int stream : rest) {
                client.send(RawHttp2.DATA, RawHttp2.END_STREAM, stream, new byte[0]);
                assertThat(client.status(stream)).isEqualTo(200);
            }
        }
    }

    /// A body is in memory until its request was answered, not until it has been read.
    @Test
    void aBodyIsHeldUntilItsRequestIsAnswered() throws IOException, InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Function<HttpFacts, Outcome> behaviour = head -> new Outcome.ReadBody(
                1000,
                whole -> head.path().equals("/waits")
                        ? new Outcome.Block(Outcome.Work.ADMIN, () -> waited(read, answer, whole))
                        : TestBench.ok(whole));
        try (TestBench bench = new TestBench(behaviour, holding(SIZE));
                RawClient first = bench.client()) {
            first.send(post("/waits"));
            read.await();
            assertThat(status(bench)).isEqualTo(503);
            answer.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(Stream.generate(() -> status(bench)).limit(10_000)).contains(200);
            assertThat(status(bench)).as("what was refused holds nothing").isEqualTo(200);
        }
    }

    private static Outcome waited(CountDownLatch read, CountDownLatch answer, HttpFacts whole) {
        read.countDown();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TestBench.ok(whole);
    }

    private static int status(TestBench bench) {
        try (RawClient client = bench.client()) {
            return client.send(post("/a")).answer().status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String post(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + SIZE + "\r\n\r\n" + "x".repeat(SIZE);
    }
}
