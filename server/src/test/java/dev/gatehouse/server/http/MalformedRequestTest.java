package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K03, K05, K10: what two servers could read differently is refused, the connection ends, and nothing
/// that follows it becomes a request.
class MalformedRequestTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private static TestBench bench;

    @BeforeAll
    static void start() throws IOException {
        bench = new TestBench(
                head -> head.method().equals("POST") ? new Outcome.ReadBody(1000, TestBench::ok) : TestBench.ok(head));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void anAmbiguousRequestIsRefusedAndEndsTheConnection(String request) throws IOException {
        try (RawClient client = bench.client()) {
            client.send(request + SMUGGLED);
            client.finishSending();
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isIn(400, 501);
            assertThat(answer.body()).contains("\"shape\":\"ours\"");
            assertThat(answer.header("Server")).isEmpty();
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(client.ended()).isTrue();
            assertThat(client.take(1)).isZero();
        }
    }

    static Stream<String> ambiguous() {
        return Stream.of(framings(), heads(), lines()).flatMap(all -> all);
    }

    private static Stream<String> framings() {
        Stream<String> fields = Stream.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Transfer-Encoding: chunked, xchunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding : chunked",
                "Transfer_Encoding: chunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;q=1",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 5,5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Content_Length: 5");
        Stream<String> whole = fields.map(field -> "POST /a HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n");
        Stream<String> chunks = Stream.of(
                        "1;ext=\"\r\n",
                        "5\nhello",
                        "x\r\n",
                        "-1\r\n",
                        "0x5\r\nhello\r\n",
                        "5\r\nhelloX\r\n",
                        "\r\n5\r\n")
                .map(chunk -> "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        return Stream.concat(whole, chunks);
    }

    private static Stream<String> heads() {
        return Stream.of(
                        "Host: h\r\nHost: h",
                        "Host: h\r\nHost: i",
                        "X-A: 1",
                        "Host: ",
                        "Host: a b",
                        "Host: a@b",
                        "Host: h\r\n folded",
                        "Host: h\r\nX-A: 1\r\n\tfolded",
                        "Host: h\r\nX-A : 1",
                        "Host: h\r\nno colon",
                        "Host: h\r\nX-A: a\u0000b",
                        "Host: h\r\nX-A: a\rb",
                        "Host: h\r\nX(A): 1",
                        "Host: h\r\n: 1",
                        "Host: h\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b",
                        "Host: h\r\nExpect: 200-ok",
                        "Host: h\r\nExpect: 100-continue, x",
                        "Host: h\r\nConnection: Upgrade\r\nUpgrade: websocket")
                .map(fields -> "GET /a HTTP/1.1\r\n" + fields + "\r\n\r\n");
    }

    private static Stream<String> lines() {
        return Stream.of(
                        "GET /a",
                        "GET\t/a HTTP/1.1",
                        "GET /a HTTP/1.1 x",
                        "GET /a b HTTP/1.1",
                        "GET /a HTTP/2.0",
                        "GET /a HTTP/1.2",
                        "get /a HTTP/1.1",
                        "G%45T /a HTTP/1.1",
                        "GET * HTTP/1.1",
                        "OPTIONS * HTTP/1.1",
                        "GET a HTTP/1.1",
                        "GET http://evil/a HTTP/1.1",
                        "GET http://h@evil/a HTTP/1.1",
                        "GET //a HTTP/1.1",
                        "GET /public/../admin HTTP/1.1",
                        "GET /public/..;/admin HTTP/1.1",
                        "GET /public/%2e%2e/admin HTTP/1.1",
                        "GET /%252e%252e/ HTTP/1.1",
                        "GET /./admin HTTP/1.1",
                        "GET /admin%2fsecret HTTP/1.1",
                        "GET /admin;x=1 HTTP/1.1",
                        "GET /admin%00 HTTP/1.1",
                        "GET /admin%5c HTTP/1.1",
                        "GET /admin\\x HTTP/1.1",
                        "GET /public%23/../admin HTTP/1.1",
                        "GET /a#b HTTP/1.1",
                        "GET /a?b#c HTTP/1.1",
                        "GET /%c0%ae%c0%ae/ HTTP/1.1",
                        "GET /%zz HTTP/1.1",
                        "GET /%u002e HTTP/1.1",
                        "GET /a\u00e4 HTTP/1.1",
                        "GET /a?x=\u00e4 HTTP/1.1")
                .map(line -> line + "\r\nHost: h\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE /a", "CONNECT h:80"})
    void aMethodThatIsNeverServedIs405(String line) throws IOException {
        try (RawClient client = bench.client()) {
            RawClient.Answer answer =
                    client.send(line + " HTTP/1.1\r\nHost: h:80\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isNotEmpty();
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {414, 431, 432, 413, 4130})
    void whatIsTooLargeIsToldApart(int what) throws IOException {
        String request = switch (what) {
            case 414 -> "GET /a?" + "x".repeat(9000) + " HTTP/1.1\r\nHost: h\r\n\r\n";
            case 431 -> "GET /a HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(70_000) + "\r\n\r\n";
            case 432 -> "GET /a HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(101) + "\r\n";
            case 413 -> "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n";
            default -> "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2000);
        };
        int status = what == 432 ? 431 : what == 4130 ? 413 : what;
        try (RawClient client = bench.client()) {
            assertThat(client.send(request).answer().status()).isEqualTo(status);
            assertThat(client.ended()).isTrue();
        }
    }
}
