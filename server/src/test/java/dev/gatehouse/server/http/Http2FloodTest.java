package dev.gatehouse.server.http;

import static dev.gatehouse.server.http.RawHttp2.CONTINUATION;
import static dev.gatehouse.server.http.RawHttp2.DATA;
import static dev.gatehouse.server.http.RawHttp2.END_HEADERS;
import static dev.gatehouse.server.http.RawHttp2.END_STREAM;
import static dev.gatehouse.server.http.RawHttp2.HEADERS;
import static dev.gatehouse.server.http.RawHttp2.PING;
import static dev.gatehouse.server.http.RawHttp2.PRIORITY;
import static dev.gatehouse.server.http.RawHttp2.RST_STREAM;
import static dev.gatehouse.server.http.RawHttp2.SETTINGS;
import static dev.gatehouse.server.http.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET K06: what costs us more than the caller ends the connection, or the stream.
class Http2FloodTest extends Http2HostileFixture {
    static Stream<Arguments> floods() {
        return Stream.of(
                flood("rapid reset", (client, i) -> client.get(2 * i + 1, "/a").send(RST_STREAM, 0, 2 * i + 1, CANCEL)),
                flood("pings", (client, i) -> client.send(PING, 0, 0, new byte[8])),
                flood("settings", (client, i) -> client.send(SETTINGS, 0, 0)),
                flood(
                        "priorities",
                        (client, i) ->
                                client.send(PRIORITY, 0, 2 * i + 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1)),
                flood("empty data", (client, i) -> {
                    if (i == 0) {
                        client.send(HEADERS, END_HEADERS, 1, RawHttp2.block(Http2Test.head("POST")));
                    }
                    client.send(DATA, 0, 1);
                }),
                flood("empty continuations", (client, i) -> client.send(i == 0 ? HEADERS : CONTINUATION, 0, 1)),
                flood(
                        "endless continuations",
                        (client, i) -> client.send(
                                i == 0 ? HEADERS : CONTINUATION, 0, 1, RawHttp2.block("x-" + i, "y".repeat(100)))),
                flood(
                        "resets that we are made to send",
                        (client, i) -> client.get(2 * i + 1, "/a").send(WINDOW_UPDATE, 0, 2 * i + 1, new byte[4])),
                flood(
                        "windows that overflow",
                        (client, i) -> client.get(2 * i + 1, "/a")
                                .send(WINDOW_UPDATE, 0, 2 * i + 1, (byte) 0x7f, (byte) -1, (byte) -1, (byte) -1)),
                flood(
                        "heads that are malformed",
                        (client, i) -> client.request(2 * i + 1, Http2Test.head("GET", "X-Upper", "1"))),
                flood("unknown frames", (client, i) -> client.send(0x42, 0, 0, new byte[8])));
    }

    private static Arguments flood(String name, Round round) {
        return Arguments.of(name, round);
    }

    /// What one round of a flood sends.
    interface Round {
        void send(RawHttp2 client, int number) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aFloodEndsTheConnectionAndNobodyElseNotices(String name, Round round) throws IOException {
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawHttp2 other = new RawHttp2(TRUSTING, bench.port);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            assertThat(client.flood(20_000, i -> round.send(client, i))).isTrue();
            assertThat(bench.seen.get()).isLessThan(1000);
            other.get(1, "/a");
            assertThat(other.status(1)).isEqualTo(200);
        }
    }

    @Test
    void aMillionHeadersFromATableOfOneAreRefused() throws IOException {
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(RawHttp2.block(Http2Test.head("GET")));
            // RFC 7541 section 6.2.1: put a header into the table, then name it in one byte, again and again.
            block.writeBytes(new byte[] {0x40, 1, 'x', 1, 'y'});
            byte[] again = new byte[15_000];
            java.util.Arrays.fill(again, (byte) 0xbe);
            block.writeBytes(again);
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, block.toByteArray());
            assertThat(client.status(1)).isIn(-1, 431);
            assertThat(bench.seen.get()).isZero();
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefusedOneByOne() throws IOException {
        try (TestBench bench = new TestBench(
                        head -> head.path().equals("/a") ? new Outcome.ReadBody(10, TestBench::ok) : TestBench.ok(head),
                        HttpLimits.DEFAULT,
                        Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            int most = Http2Limits.DEFAULT.streams();
            for (int i = 0; i <= most; i++) {
                client.send(HEADERS, END_HEADERS, 2 * i + 1, RawHttp2.block(Http2Test.head("POST")));
            }
            RawHttp2.Frame refused = client.answer(2 * most + 1);
            assertThat(refused.type()).isEqualTo(RST_STREAM);
            assertThat(refused.error()).isEqualTo(7);
            client.send(DATA, END_STREAM, 1);
            assertThat(client.status(1)).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatTheCallerLeavesInOurMemoryIsGivenUp() throws IOException {
        try (TestBench bench = new TestBench(
                        head -> new Outcome.Block(
                                Outcome.Work.VERIFY,
                                () -> new Outcome.Answer(Reply.json(200, Map.of("a", "b".repeat(1000))))),
                        TestBench.SHORT,
                        Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port, 4, 0)) {
            client.get(1, "/a");
            assertThat(client.status(1)).isEqualTo(200);
            // Pings keep the connection from being silent.
            client.send(PING, 0, 0, new byte[8]);
            assertThat(client.answer(1).type()).isEqualTo(RST_STREAM);
            assertThat(bench.server.openExchanges()).isZero();
        }
    }

    @Test
    void aForwardedAnswerThatTheCallerDoesNotTakeIsGivenUp() throws Exception {
        try (RawUpstream upstream =
                        new RawUpstream("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
                TestBench bench =
                        new TestBench(TestBench.forward(upstream.port()), TestBench.SHORT, Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port, 4, 0)) {
            client.get(1, "/a");
            assertThat(client.status(1)).isEqualTo(200);
            assertThat(client.answer(1).type()).isEqualTo(RST_STREAM);
            upstream.firstEnded.await();
        }
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUp() throws IOException {
        try (TestBench bench = new TestBench(
                        head -> new Outcome.ReadBody(10, TestBench::ok), TestBench.SHORT, Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.send(HEADERS, END_HEADERS, 1, RawHttp2.block(Http2Test.head("POST")));
            assertThat(client.status(1)).isEqualTo(408);
        }
    }

    @Test
    void aConnectionOnWhichOnlyPingsComeIsEnded() throws IOException {
        try (TestBench bench = bench(TestBench.SHORT);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.get(1, "/a");
            assertThat(client.status(1)).isEqualTo(200);
            // A ping for each answer to one: slower than a flood, never silent.
            client.send(PING, 0, 0, new byte[8]);
            assertThat(client.rest()).isNotEmpty();
        }
    }
}
