package dev.gatehouse.server.http;

import static dev.gatehouse.server.http.RawHttp2.CONTINUATION;
import static dev.gatehouse.server.http.RawHttp2.END_HEADERS;
import static dev.gatehouse.server.http.RawHttp2.END_STREAM;
import static dev.gatehouse.server.http.RawHttp2.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K06: nothing that two servers could read differently reaches a front over HTTP/2.
class Http2MalformedTest extends Http2HostileFixture {
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
}
