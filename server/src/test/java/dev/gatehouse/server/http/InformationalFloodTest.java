package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K08: interim answers (1xx) are no reason to wait longer, and there is an end to them.
class InformationalFloodTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";

    /// Long before an upstream must have begun its answer.
    @ParameterizedTest
    @ValueSource(
            strings = {
                HINTS,
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 199 Odd\r\nX-Gatehouse-Subject: mallory\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n" + HINTS
            })
    void aFloodThatDoesNotEndIsEndedAndTheNextCallIsServed(String interim) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestBench bench = new TestBench(TestBench.forward(server.getLocalPort()), HttpLimits.DEFAULT);
                RawClient client = bench.client();
                RawClient another = bench.client()) {
            client.send(GET);
            Socket flooding = RawClient.accepted(server);
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> ended.complete(flood(flooding, interim)));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("\"shape\":\"ours\"");
            assertThat(String.join("\n", answer.headers())).doesNotContain("mallory", "preload");
            assertThat(ended.get()).as("we have hung up").isTrue();
            another.send(GET);
            try (Socket next = RawClient.accepted(server)) {
                next.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood".getBytes(StandardCharsets.US_ASCII));
                assertThat(another.answer().body()).isEqualTo("good");
            }
        }
    }

    /// Sends until the other side hangs up; says that it did.
    private static boolean flood(Socket accepted, String interim) {
        byte[] bytes = interim.repeat(50).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = accepted) {
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void thoseThatAreFewDoNotPutTheDeadlineOff() throws IOException {
        try (RawUpstream upstream = new RawUpstream(HINTS.repeat(InterimAnswers.MOST));
                TestBench bench = new TestBench(TestBench.forward(upstream.port()), TestBench.SHORT);
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().status()).isEqualTo(504);
        }
    }

    @Test
    void afterAFewTheAnswerIsTheUpstreams() throws IOException {
        try (RawUpstream upstream = new RawUpstream("HTTP/1.1 100 Continue\r\n\r\n" + HINTS.repeat(InterimAnswers.MOST)
                        + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Answer answer = client.send(GET).answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("good");
                assertThat(answer.header("Link")).isEmpty();
            }
        }
    }
}
