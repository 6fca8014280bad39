package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n";

    @Test
    void anOpenStreamIsCutOnceItsRightsAreGone() throws IOException {
        AtomicBoolean alive = new AtomicBoolean(true);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(head -> new Outcome.Forward(
                        URI.create("http://127.0.0.1:" + server.getLocalPort()),
                        head.path(),
                        List.of(),
                        alive::get,
                        true));
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                socket.getOutputStream().write((HEAD + "begin").getBytes(StandardCharsets.ISO_8859_1));
                assertThat(client.take(17)).isEqualTo(17);
                bench.server.sweep();
                alive.set(false);
                bench.server.sweep();
                assertThat(client.ended()).isTrue();
                assertThat(drained(socket)).isTrue();
            }
            assertThat(bench.server.openExchanges()).isZero();
        }
    }

    @Test
    void aCallerThatLeavesEndsTheDownloadAtTheUpstream() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()));
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                OutputStream out = socket.getOutputStream();
                out.write(HEAD.getBytes(StandardCharsets.ISO_8859_1));
                out.write(new byte[100_000]);
                assertThat(client.take(1000)).isEqualTo(1000);
                client.leave();
                assertThat(writtenBeforeBroken(out)).isLessThan(52_428_800L);
            }
        }
    }

    @Test
    void aCallerThatDoesNotReadHoldsTheUpstreamBack() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()), TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                OutputStream out = socket.getOutputStream();
                out.write(HEAD.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(writtenBeforeBroken(out)).isLessThan(52_428_800L);
            }
        }
    }

    @Test
    void workBeyondItsPermitsIs503WhileOtherWorkGoesOn() throws IOException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (TestBench bench = new TestBench(
                        head -> new Outcome.Block(
                                head.path().equals("/admin") ? Outcome.Work.ADMIN : Outcome.Work.VERIFY, () -> {
                                    if (head.path().equals("/admin")) {
                                        working.countDown();
                                        awaited(free);
                                    }
                                    return new Outcome.Answer(Reply.json(200, Map.of()));
                                }),
                        TestBench.SHORT);
                RawClient first = bench.client();
                RawClient second = bench.client()) {
            first.send("GET /admin HTTP/1.1\r\nHost: h\r\n\r\n");
            awaited(working);
            second.send("GET /verify HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(second.answer().status()).isEqualTo(200);
            try (RawClient third = bench.client()) {
                RawClient.Answer full =
                        third.send("GET /admin HTTP/1.1\r\nHost: h\r\n\r\n").answer();
                assertThat(full.status()).isEqualTo(503);
                assertThat(full.header("Retry-After")).isNotEmpty();
            }
            free.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long writtenBeforeBroken(OutputStream out) {
        byte[] piece = new byte[1 << 16];
        long written = 0;
        try {
            while (written < 52_428_800L) {
                out.write(piece);
                written += piece.length;
            }
        } catch (IOException e) {
            return written;
        }
        return written;
    }

    private static boolean drained(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // what was still under way
            }
        } catch (IOException e) {
            return true;
        }
        return true;
    }
}
