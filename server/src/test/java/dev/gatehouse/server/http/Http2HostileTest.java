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

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K06: HTTP/2 as attackers speak it. Nothing ambiguous reaches a front, and what costs us more than the
/// caller ends the connection.
class Http2HostileTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    private static final SSLContext TRUSTING = CA.client(Optional.empty());
    private static final byte[] CANCEL = {0, 0, 0, 8};

    @TempDir
    Path folder;

    static Stream<List<String>> malformed() {
        List<List<String>> heads = new ArrayList<>();
        for (String header : List.of(
                "connection:close",
                "connection:x-a",
                "keep-alive:1",
                "proxy-connection:close",
                "upgrade:h2c",
                "upgrade:websocket",
                "transfer-encoding:chunked",
                "http2-settings:AAMAAABkAAQAAP__",
                "te:gzip",
                "te:trailers, deflate",
                "X-Upper:1",
                "x a:1",
                "x\u0000a:1",
                "x\ra:1",
                "x-a:1\r\nx-b: 2",
                "x-a:1\nb",
                "x-a:1\u0000b",
                "x-a: 1",
                "x-a:1 ",
                "x-a:\u007f",
                "x-a:\u0001",
                "host:other",
                "host:localhost:1",
                "content-length:-1",
                "content-length:x",
                "content-length:0,0",
                "content_length:0",
                "transfer_encoding:chunked",
                "expect:200-ok",
                ":path:/b",
                ":method:GET",
                ":authority:localhost",
                ":scheme:https",
                ":unknown:1",
                ":status:200")) {
            int colon = header.indexOf(':', 1);
            heads.add(List.of(Http2Test.head("GET", header.substring(0, colon), header.substring(colon + 1))));
        }
        heads.add(List.of(Http2Test.head("GET", "authorization", "Bearer a", "authorization", "Bearer b")));
        heads.add(List.of(Http2Test.head("GET", "content-length", "0", "content-length", "0")));
        heads.add(List.of(Http2Test.head("GET", "host", "localhost", "host", "localhost2")));
        for (String path : List.of(
                "",
                "a",
                "*",
                "//a",
                "/a/../b",
                "/./a",
                "/%2e%2e/a",
                "/a%2fb",
                "/a;x=1",
                "/a#b",
                "/a\\b",
                "/a b",
                "/a%00",
                "https://localhost/a",
                "http://other/a",
                "/a?x#y",
                "/a?x y",
                "/\u00e9")) {
            heads.add(List.of(":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", path));
        }
        for (String authority :
                List.of("", "user@localhost", "localhost:1:2", "local host", "localhost/a", "a,b", "localhost\u0000")) {
            heads.add(List.of(":method", "GET", ":scheme", "https", ":authority", authority, ":path", "/a"));
        }
        for (String scheme : List.of("http", "ftp", "", "https ", "https://other/?")) {
            heads.add(List.of(":method", "GET", ":scheme", scheme, ":authority", "localhost", ":path", "/a"));
        }
        for (String method : List.of("", "get", "G T", "GET /b HTTP/1.1\r\nx:", "TRACE", "CONNECT", "PRI")) {
            heads.add(List.of(":method", method, ":scheme", "https", ":authority", "localhost", ":path", "/a"));
        }
        heads.add(List.of(":method", "CONNECT", ":authority", "localhost:443"));
        heads.add(List.of(
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                "https",
                ":authority",
                "localhost",
                ":path",
                "/a"));
        heads.add(List.of(":scheme", "https", ":authority", "localhost", ":path", "/a"));
        heads.add(List.of(":method", "GET", ":authority", "localhost", ":path", "/a"));
        heads.add(List.of(":method", "GET", ":scheme", "https", ":path", "/a"));
        heads.add(List.of(":method", "GET", ":scheme", "https", ":authority", "localhost"));
        heads.add(List.of(":method", "GET", ":scheme", "https", "x-a", "1", ":authority", "localhost", ":path", "/a"));
        return heads.stream();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatHttp1CouldNotSayOrTwoServersCouldReadDifferentlyReachesNoFront(List<String> head) throws IOException {
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.request(1, head.toArray(String[]::new));
            assertThat(client.status(1)).isIn(-1, 400, 405, 417, 501);
            assertThat(bench.seen.get()).isZero();
        }
    }

    /// Without CONNECT the word means nothing (RFC 8441 section 4), and nobody behind us hears it.
    @Test
    void aProtocolIsNotPassedOn() throws IOException {
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.request(1, Http2Test.head("GET", ":protocol", "websocket"));
            if (client.status(1) == 200) {
                assertThat(bench.last.headers()).extracting(Header::name).containsExactly("Host");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "a.localhost", "127.0.0.2", "localhost."})
    void anAuthorityThatTheCertificateIsNotForIsMisdirected(String authority) throws IOException {
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.request(1, ":method", "GET", ":scheme", "https", ":authority", authority, ":path", "/a");
            assertThat(client.status(1)).isEqualTo(421);
            assertThat(bench.seen.get()).isZero();
            client.get(3, "/a");
            assertThat(client.status(3)).isEqualTo(200);
        }
    }

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

    @ParameterizedTest
    @ValueSource(ints = {101, 20_000})
    void tooManyOrTooLargeHeadersAreRefused(int size) throws IOException {
        List<String> head = new ArrayList<>(List.of(Http2Test.head("GET")));
        if (size == 101) {
            for (int i = 0; i < size; i++) {
                head.addAll(List.of("x-" + i, "1"));
            }
        } else {
            for (int i = 0; i < 2; i++) {
                head.addAll(List.of("x-" + i, "y".repeat(size / 2)));
            }
        }
        byte[] block = RawHttp2.block(head.toArray(String[]::new));
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            int half = block.length / 2;
            client.send(HEADERS, END_STREAM, 1, java.util.Arrays.copyOf(block, half));
            client.send(CONTINUATION, END_HEADERS, 1, java.util.Arrays.copyOfRange(block, half, block.length));
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

    @Test
    void whatIsNotHttp2EndsTheConnection() throws IOException {
        try (TestBench bench = bench(HttpLimits.DEFAULT);
                RawClient client = new RawClient(Tls.connect(TRUSTING, bench.port, "localhost", "h2"))) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.ended()).isTrue();
            assertThat(bench.seen.get()).isZero();
        }
    }

    @Test
    void thePrefaceOfHttp2IsNothingOnAPlainListener() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok);
                RawClient client = bench.client()) {
            assertThat(client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").rest()).doesNotContain(" 200 ", " 101 ");
            assertThat(bench.seen.get()).isZero();
        }
    }

    private TestBench bench(HttpLimits limits) throws IOException {
        return new TestBench(TestBench::ok, limits, Tls.localhost(CA, folder));
    }
}
