package dev.gatehouse.server.http;

import static dev.gatehouse.server.http.RawHttp2.DATA;
import static dev.gatehouse.server.http.RawHttp2.END_STREAM;
import static dev.gatehouse.server.http.RawHttp2.RST_STREAM;
import static dev.gatehouse.server.http.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// GAUNTLET K06, M04: how fast a caller must take an answer over HTTP/2, by a clock that the test sets.
class HeldBackTest extends Http2HostileFixture {
    private static final int INITIAL_WINDOW = 4;
    private static final int PIECE = 16 * 1024;

    private static void take(RawHttp2 client, int bytes) throws IOException {
        client.send(WINDOW_UPDATE, 0, 1, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    @Test
    void theLastBytesOfAForwardedAnswerAreGivenUp() throws IOException {
        try (RawUpstream upstream =
                        new RawUpstream("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000));
                TestBench bench = new TestBench(
                        TestBench.forward(upstream.port()), HttpLimits.DEFAULT, Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port, INITIAL_WINDOW, 0)) {
            client.get(1, "/a");
            assertThat(client.status(1)).isEqualTo(200);
            for (int second = 0; second < HttpLimits.DEFAULT.rateGrace().toSeconds(); second++) {
                take(client, 1);
                assertThat(client.answer(1).type()).isEqualTo(DATA);
                bench.pass(Duration.ofSeconds(1));
            }
            bench.pass(Duration.ofSeconds(1));
            assertThat(client.answer(1).type()).isEqualTo(RST_STREAM);
            assertThat(bench.server.openExchanges()).isZero();
        }
    }

    @Test
    void anAnswerOfOursThatIsTakenFastEnoughIsNot() throws IOException {
        String text = "b".repeat(3 * PIECE - "{'a':''}".length());
        try (TestBench bench = new TestBench(
                        _ -> new Outcome.Answer(Reply.json(200, Map.of("a", text))),
                        HttpLimits.DEFAULT,
                        Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port, INITIAL_WINDOW, 0)) {
            client.get(1, "/a");
            RawHttp2.Frame head = client.answer(1);
            assertThat(client.head(head).getHttpFields().get("Content-Length")).isEqualTo(String.valueOf(3 * PIECE));
            boolean ended = false;
            // Whoever has the first byte of a piece has seen that the server knows the one before to be taken.
            for (int bytes : List.of(PIECE + 1, PIECE, PIECE - 1)) {
                bench.pass(Duration.ofSeconds(6));
                take(client, bytes);
                for (int got = 0; got < bytes; ) {
                    RawHttp2.Frame frame = client.answer(1);
                    assertThat(frame.type()).isEqualTo(DATA);
                    got += frame.payload().length();
                    ended = (frame.flags() & END_STREAM) != 0;
                }
            }
            assertThat(ended).isTrue();
        }
    }

    @Test
    void anAnswerToHeadHasItsLengthAndNoBody() throws IOException {
        String text = "b".repeat(3 * PIECE - "{'a':''}".length());
        try (TestBench bench = new TestBench(
                        _ -> new Outcome.Answer(Reply.json(200, Map.of("a", text))),
                        HttpLimits.DEFAULT,
                        Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            for (int stream = 1; stream < 6; stream += 2) {
                client.request(stream, Http2Test.head("HEAD"));
                RawHttp2.Frame frame = client.answer(stream);
                assertThat(client.head(frame).getHttpFields().get("Content-Length"))
                        .isEqualTo(String.valueOf(3 * PIECE));
                while ((frame.flags() & END_STREAM) == 0) {
                    frame = client.answer(stream);
                    assertThat(frame.type()).isEqualTo(DATA);
                    assertThat(frame.payload().length()).isZero();
                }
            }
        }
    }
}
