package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No body beyond the listener's bound is passed on to an upstream.
class BodyLimitTest {
    private static final String CHUNKED = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void aLengthBeyondTheBoundIs413AndNothingIsForwarded() throws IOException {
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                TestBench bench = bench(upstream.port());
                RawClient client = bench.client()) {
            RawClient.Answer answer = client.send(
                            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n0123456789x")
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("\"shape\":\"ours\"");
            assertThat(client.ended()).isTrue();
            assertThat(upstream.connections).hasValue(0);
            assertThat(bench.server.openExchanges()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789",
                CHUNKED + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"
            })
    void aBodyAsLargeAsTheBoundPasses(String call) throws IOException {
        try (SampleUpstream upstream = new SampleUpstream(0);
                TestBench bench = bench(upstream.start());
                RawClient client = bench.client()) {
            RawClient.Answer answer = client.send(call).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"bodyBytes\":10");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 500000", "Transfer-Encoding: chunked"})
    void whoeverIsStillSendingIsNotResetBeforeItReadsTheAnswer(String framing) throws IOException {
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                TestBench bench = new TestBench(
                        head -> head.path().equals("/a")
                                ? TestBench.ok(head)
                                : TestBench.forward(upstream.port()).apply(head),
                        HttpLimits.DEFAULT,
                        10)) {
            boolean chunked = framing.endsWith("chunked");
            String first = (chunked ? "7A120\r\n" : "") + "x".repeat(100_000);
            String rest = "x".repeat(400_000) + (chunked ? "\r\n0\r\n\r\n" : "");
            for (String path : List.of("/a", "/b")) {
                try (RawClient client = bench.client()) {
                    client.send(
                            "POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + framing + "\r\n\r\n");
                    client.send(first);
                    assertThat(client.answer().status()).isEqualTo(path.equals("/a") ? 200 : 413);
                    client.send(rest);
                    assertThat(client.rest()).isEmpty();
                }
            }
        }
    }

    @Test
    void aBodyWithoutEndIsNotReadForEver() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT);
                RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            String part = "x".repeat(100_000);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            client.send(part);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSilentCallerIsNotWaitedForWithItsBody() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aChunkedBodyThatGrowsBeyondTheBoundIs413AndItsConnectionToTheUpstreamEnds() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = bench(server.getLocalPort());
                RawClient client = bench.client()) {
            client.send(CHUNKED + "5\r\n01234\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                client.send("6\r\n56789x\r\n0\r\n\r\n");
                RawClient.Answer answer = client.answer();
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.body()).contains("\"shape\":\"ours\"");
                assertThat(rest(socket)).doesNotContain("x").doesNotContain("0\r\n\r\n");
            }
            assertThat(client.ended()).isTrue();
            assertThat(bench.server.openExchanges()).isZero();
        }
    }

    @Test
    void anAnswerThatHasBegunIsCutWhenTheBodyGrowsBeyondTheBound() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = bench(server.getLocalPort());
                RawClient client = bench.client()) {
            client.send(CHUNKED + "5\r\n01234\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(client.head().status()).isEqualTo(200);
                assertThat(client.chunk()).isEqualTo("ok");
                client.send("6\r\n56789x\r\n0\r\n\r\n");
                assertThat(client.rest()).doesNotContain("0\r\n\r\n");
                assertThat(rest(socket)).doesNotContain("x");
            }
        }
    }

    private static TestBench bench(int upstream) throws IOException {
        return new TestBench(TestBench.forward(upstream), HttpLimits.DEFAULT, 10);
    }

    /// What comes until the gateway ends the connection, one way or another.
    private static String rest(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                all.append((char) b);
            }
        } catch (java.net.SocketException e) {
            all.append("[reset]");
        }
        return all.toString();
    }
}
