package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How the server begins, how much it takes on, and how it ends.
class HttpServerTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void aPortThatIsTakenStopsTheStartAndIsNamed() throws IOException {
        Front front = new Front() {
            @Override
            public Outcome head(HttpFacts head) {
                return TestBench.ok(head);
            }

            @Override
            public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
                return Reply.problem(status, "x", detail);
            }
        };
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpServer server = new HttpServer(
                        List.of(
                                new HttpListener("free", "127.0.0.1", 0, 10, Optional.empty(), front),
                                new HttpListener(
                                        "public", "127.0.0.1", taken.getLocalPort(), 10, Optional.empty(), front)),
                        TestBench.SHORT,
                        Traffic.NONE,
                        Tracer.NONE,
                        System::nanoTime,
                        new SplittableRandom(1))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("listener 'public' cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void connectionsBeyondTheBoundWaitUntilOneEnds() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, limits(2, Duration.ofSeconds(2)));
                RawClient first = bench.client();
                RawClient second = bench.client()) {
            assertThat(first.send(GET).answer().status()).isEqualTo(200);
            assertThat(second.send(GET).answer().status()).isEqualTo(200);
            try (RawClient third = bench.client()) {
                third.send(GET);
                for (int i = 0; i < 50; i++) {
                    assertThat(first.send(GET).answer().status()).isEqualTo(200);
                }
                assertThat(bench.seen).hasValue(52);
                second.leave();
                assertThat(third.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aServerThatStopsRefusesNewCallsAndLetsOpenOnesEnd() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(
                        head -> head.path().equals("/slow")
                                ? TestBench.forward(server.getLocalPort()).apply(head)
                                : TestBench.ok(head),
                        limits(64, Duration.ofSeconds(30)));
                RawClient open = bench.client()) {
            open.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                Thread stop = Thread.ofVirtual().start(bench.server::close);
                while (served(bench)) {
                    // the server has not begun to stop
                }
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(open.answer().body()).isEqualTo("good");
                assertThat(open.ended()).isTrue();
                assertThat(stop.join(Duration.ofSeconds(60))).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aCallThatOutlastsTheDrainIsCut() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench =
                        new TestBench(TestBench.forward(server.getLocalPort()), limits(64, Duration.ofMillis(300)));
                RawClient open = bench.client()) {
            open.send(GET);
            try (Socket _ = RawClient.accepted(server)) {
                bench.server.close();
                assertThat(open.rest()).doesNotContain("200");
            }
        }
    }

    /// A connection that the system took and the server never will has no answer.
    private static boolean served(TestBench bench) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bench.port);
                RawClient client = new RawClient(socket)) {
            socket.setSoTimeout(1_000);
            return client.send(GET).answer().status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpLimits limits(int connections, Duration drain) {
        HttpLimits rest = HttpLimits.DEFAULT;
        return new HttpLimits(
                rest.threads(),
                connections,
                rest.acceptQueue(),
                rest.headBytes(),
                rest.targetBytes(),
                rest.headers(),
                rest.bufferedBytes(),
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
                drain);
    }
}
