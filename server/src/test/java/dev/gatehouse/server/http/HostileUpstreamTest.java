package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K08: an upstream that breaks the rules harms its own answer only.
class HostileUpstreamTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: a\rb\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: a\u0000b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2x0 Odd\r\nContent-Length: 0\r\n\r\n",
                "garbage\r\n\r\n"
            })
    void anAnswerThatIsNotHttpIsA502OfOurs(String bytes) throws IOException {
        assertThat(status(bytes)).isEqualTo(502);
    }

    @Test
    void aHugeHeaderIsA502OfOurs() throws IOException {
        assertThat(status("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .isEqualTo(502);
    }

    private static int status(String bytes) throws IOException {
        try (RawUpstream upstream = new RawUpstream(bytes);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()), TestBench.SHORT);
                RawClient client = bench.client()) {
            RawClient.Answer answer =
                    client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").answer();
            assertThat(answer.body()).contains("\"shape\":\"ours\"");
            return answer.status();
        }
    }

    @Test
    void anUpstreamThatIsDownIs503WithRetryAfter() throws IOException {
        try (ClosedPort down = new ClosedPort();
                TestBench bench = new TestBench(TestBench.forward(down.number()));
                RawClient client = bench.client()) {
            RawClient.Answer answer =
                    client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
    void anUpstreamThatNeverAnswersIs504(String bytes) throws IOException {
        assertThat(status(bytes)).isEqualTo(504);
    }

    @Test
    void bytesBeyondTheLengthAreNotTheNextAnswer() throws IOException {
        String evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood" + evil);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
                                .answer()
                                .body())
                        .isEqualTo("good");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngoodHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
                "GET HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood\r\n",
                "GET HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nx",
                "GET HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n0\r\n\r\nx",
                "GET HTTP/1.1 204 No Content\r\n\r\nx",
                "GET HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\nx",
                "HEAD HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"
            })
    void aConnectionWithBytesBeyondAnAnswerIsNotUsedAgain(String behaviour) throws IOException {
        String method = behaviour.substring(0, behaviour.indexOf(' '));
        try (RawUpstream upstream = new RawUpstream(behaviour.substring(method.length() + 1));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 5; i++) {
                RawClient.Answer answer =
                        client.send(method + " /a HTTP/1.1\r\nHost: h\r\n\r\n").answer(method.equals("HEAD"));
                assertThat(answer.status()).isLessThan(400);
                assertThat(answer.body()).isIn("", "good");
            }
            assertThat(upstream.requests).hasValue(5);
            assertThat(upstream.reused).hasValue(0);
        }
    }

    @Test
    void anAnswerThatEndsBeforeItsLengthIsCutAndItsConnectionNotUsedAgain() throws IOException {
        try (RawUpstream upstream = new RawUpstream((connection, request) -> connection == 1
                        ? RawUpstream.Step.close("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ngood")
                        : RawUpstream.Step.keep("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient first = bench.client();
                RawClient second = bench.client()) {
            assertThat(first.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").rest()).doesNotContain("good\r\n");
            assertThat(second.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("good");
            assertThat(upstream.reused).hasValue(0);
        }
    }

    @Test
    void aHeadThatLiesAboutItsNamesIsSanitised() throws IOException {
        String bytes = String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "X_Gatehouse.Subject: mallory",
                "X-Request-Id: theirs",
                "Connection: X-Secret",
                "X-Secret: 1",
                "Cache-Control: public, max-age=600",
                "Server: theirs",
                "Keep-Alive: timeout=5",
                "X-Fine: yes",
                "Content-Length: 0",
                "",
                "");
        try (RawUpstream upstream = new RawUpstream(bytes);
                TestBench bench = new TestBench(TestBench.forward(upstream.port(), true));
                RawClient client = bench.client()) {
            RawClient.Answer answer =
                    client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(String.join("\n", answer.headers()))
                    .doesNotContainIgnoringCase("gatehouse")
                    .doesNotContain("theirs", "X-Secret", "Keep-Alive", "public");
            assertThat(answer.header("X-Fine")).isEqualTo("yes");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Vary")).isEqualTo("Authorization, Origin");
            assertThat(answer.header("X-Request-Id")).isEqualTo(bench.last.id());
        }
    }

    @Test
    void anAnswerThatEndsEarlyIsCutVisibly() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()));
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            try (Socket socket = RawClient.accepted(server)) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(client.take(17)).isEqualTo(17);
            }
            String rest = client.rest();
            assertThat(rest).contains("hello").doesNotContain("0\r\n\r\n");
        }
    }
}
