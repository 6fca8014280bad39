package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller gets of an upstream's answer, and when.
class ForwardedAnswerTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int PIECES = 800;

    @Test
    void aHeadReachesTheCallerBeforeTheFirstByteOfItsBody() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()));
                RawClient client = bench.client()) {
            client.send(GET);
            try (Socket socket = RawClient.accepted(server)) {
                write(
                        socket,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                assertThat(client.head().header("Content-Type")).isEqualTo("text/event-stream");
                for (String event : new String[] {"one\n\n", "two\n\n"}) {
                    write(socket, "5\r\n" + event + "\r\n");
                    assertThat(client.chunk()).isEqualTo(event);
                }
                write(socket, "0\r\n\r\n");
                assertThat(client.chunk()).isEmpty();
            }
        }
    }

    @Test
    void anAnswerToHeadKeepsItsLengthAndHasNoBody() throws IOException {
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Answer answer =
                        client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n").answer(true);
                assertThat(answer.header("Content-Length")).isEqualTo("1234");
            }
            assertThat(upstream.reused).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"})
    void anAnswerHasOneDateTheUpstreamsIfItGaveOne(String date) throws IOException {
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 200 OK\r\n" + date + "Content-Length: 0\r\n\r\n");
                TestBench bench = new TestBench(TestBench.forward(upstream.port(), true));
                RawClient client = bench.client()) {
            for (int i = 0; i < 2; i++) {
                String given = client.send(GET).answer().header("Date");
                assertThat(given).matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");
                assertThat(given.equals("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(!date.isEmpty());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Server", "Age", "Alt-Svc", "alt_svc", "X-Request-Id"})
    void whatIsSaidOfTheUpstreamsPlaceStaysBehind(String name) throws IOException {
        try (RawUpstream upstream =
                        new RawUpstream("HTTP/1.1 200 OK\r\n" + name + ": behind\r\nContent-Length: 0\r\n\r\n");
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().headers()).noneMatch(line -> line.contains("behind"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"304 Not Modified", "204 No Content"})
    void anAnswerWithoutBodyPasses(String status) throws IOException {
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 " + status + "\r\nETag: \"a\"\r\n\r\n");
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Answer answer = client.send(GET).answer();
                assertThat(status).startsWith(Integer.toString(answer.status()));
                assertThat(answer.header("ETag")).isEqualTo("\"a\"");
            }
            assertThat(upstream.reused).hasValue(2);
        }
    }

    @Test
    void trailersOfAnAnswerStayBehind() throws IOException {
        String answer = String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "Trailer: X-Gatehouse-Subject",
                "",
                "4",
                "good",
                "2",
                "so",
                "0",
                "X-Gatehouse-Subject: mallory",
                "",
                "");
        try (RawUpstream upstream = new RawUpstream(answer);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.rest())
                    .contains("good")
                    .contains("so")
                    .doesNotContain("mallory")
                    .doesNotContainIgnoringCase("trailer");
        }
    }

    @Test
    void aBodyThatEndsWithItsConnectionPassesWhole() throws IOException {
        try (RawUpstream upstream = new RawUpstream(
                        (_, _) -> RawUpstream.Step.close("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ngood"));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).answer().body()).isEqualTo("good");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLargeDownloadStreamsThrough(boolean chunked) throws IOException {
        byte[] piece = new byte[1 << 16];
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()));
                RawClient client = bench.client()) {
            Thread.ofVirtual().start(() -> serve(server, piece, chunked));
            RawClient.Answer answer = client.send(GET).head();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(chunked ? client.chunks() : client.take(PIECES * piece.length))
                    .isEqualTo(PIECES * piece.length);
        }
    }

    private static void serve(ServerSocket server, byte[] piece, boolean chunked) {
        try (Socket socket = RawClient.accepted(server)) {
            OutputStream out = socket.getOutputStream();
            write(
                    socket,
                    "HTTP/1.1 200 OK\r\n"
                            + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + PIECES * piece.length)
                            + "\r\n\r\n");
            for (int i = 0; i < PIECES; i++) {
                if (chunked) {
                    write(socket, Integer.toHexString(piece.length) + "\r\n");
                }
                out.write(piece);
                if (chunked) {
                    write(socket, "\r\n");
                }
            }
            write(socket, chunked ? "0\r\n\r\n" : "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anUpstreamThatDoesNotReadHoldsTheCallerBack() throws IOException {
        byte[] piece = new byte[1 << 16];
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()), TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 52428800\r\n\r\n");
            try (Socket _ = RawClient.accepted(server)) {
                int pieces = 0;
                try {
                    for (; pieces < PIECES; pieces++) {
                        client.send(piece);
                    }
                } catch (IOException e) {
                    // the gateway has given up
                }
                assertThat(pieces).isLessThan(PIECES);
            }
        }
    }

    private static void write(Socket socket, String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
