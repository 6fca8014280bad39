package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Fetched.Cause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers are read strictly and within their bounds (RFC 9112; GAUNTLET J07, K08, M03).
class AnswerTest {
    private static final int HEADERS = 1024;
    private static final int BODY = 64;

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "hi"),
                Arguments.of("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi and more", 200, "hi"),
                Arguments.of("HTTP/1.0 404 Not Found\r\n\r\nto the end", 404, "to the end"),
                Arguments.of("HTTP/1.1 204 None\r\n\r\n", 204, ""),
                Arguments.of("HTTP/1.1 304 Same\r\nContent-Length: 99\r\n\r\n", 304, ""),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 0\r\n\r\n", 200, ""),
                Arguments.of(
                        "HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x"),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhi\r\n3;ext=\"a\"\r\n th\r\n0\r\nX-T: y\r\n\r\n",
                        200,
                        "hi th"),
                Arguments.of("HTTP/1.1 200 OK\r\nX:\r\nY: \t a b \t\r\nContent-Length:0\r\n\r\n", 200, ""));
    }

    @ParameterizedTest
    @MethodSource("good")
    void wellFormedAnswerIsRead(String text, int status, String body) throws IOException {
        Fetched.Answer answer = read(text, "GET");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(Bytes.of(body.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void answerToHeadHasNoBody() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", "HEAD")
                        .body())
                .isEqualTo(Bytes.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 99 X\r\n\r\n",
                "HTTP/1.1 600 X\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/1.1 200 O\u0000K\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA b\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: x\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: x\ry\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: x\u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nhi\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nhi\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nhi\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhiX\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"
            })
    void whatCanBeReadInTwoWaysIsNotRead(String text) {
        assertThat(failure(text)).isEqualTo(Cause.BROKEN);
    }

    static Stream<String> large() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                ok + "Content-Length: 65\r\n\r\n",
                ok + "Content-Length: 10000000000\r\n\r\n",
                ok + "Transfer-Encoding: chunked\r\n\r\n41\r\n",
                ok + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n",
                ok + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(65),
                ok + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(300) + "\r\nx\r\n0\r\n\r\n",
                ok + "\r\n" + "x".repeat(65),
                ok + "X: " + "y".repeat(HEADERS),
                ok + "X: y\r\n".repeat(300),
                "HTTP/1.1 200 " + "x".repeat(HEADERS),
                ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "T: y\r\n".repeat(300) + "\r\n",
                "HTTP/1.1 100 Go on\r\nX: " + "y".repeat(500) + "\r\n\r\nHTTP/1.1 100 Go on\r\nX: " + "y".repeat(500)
                        + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("large")
    void nothingIsReadPastItsBound(String text) {
        assertThat(failure(text)).isEqualTo(Cause.LARGE);
    }

    @Test
    void interimAnswersComeToAnEnd() {
        assertThat(failure("HTTP/1.1 100 G\r\n\r\n".repeat(20))).isEqualTo(Cause.BROKEN);
    }

    @Test
    void bodyAsLargeAsAllowedIsRead() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(BODY), "GET")
                        .body()
                        .length())
                .isEqualTo(BODY);
    }

    /// A reader that tries every way to share the blanks out does not come back from this.
    @Test
    void manyBlanksCostNoMoreThanOtherCharacters() {
        String blanks = " ".repeat(32_000);
        assertThat(failure("HTTP/1.1 200 OK\r\nA:" + blanks + "\u0001\r\n\r\n", 64 * HEADERS))
                .isEqualTo(Cause.BROKEN);
    }

    @Test
    void fieldValuesAreWithoutTheBlanksAroundThem() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nY: \t a  b \t\r\nZ:\u00a0c\u00a0\r\nContent-Length: 0\r\n\r\n", "GET")
                        .headers())
                .contains(new Header("Y", "a  b"), new Header("Z", "\u00a0c\u00a0"));
    }

    private static Fetched.Answer read(String text, String method) throws IOException {
        return read(text, method, HEADERS);
    }

    private static Fetched.Answer read(String text, String method, int headers) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return new AnswerReader(in, headers, BODY).read(method);
    }

    private static Cause failure(String text) {
        return failure(text, HEADERS);
    }

    private static Cause failure(String text, int headers) {
        try {
            throw new AssertionError("read: " + read(text, "GET", headers));
        } catch (Failed e) {
            return e.why();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void toStringTellsNoValues() throws IOException {
        Fetched.Answer answer = read("HTTP/1.1 200 OK\r\nSet-Cookie: s3cret\r\n\r\ns3cret", "GET");
        assertThat(Collections.singletonList(answer).toString()).doesNotContain("s3cret");
    }
}
