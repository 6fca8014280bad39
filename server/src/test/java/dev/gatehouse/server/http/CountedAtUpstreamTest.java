package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K05, 0.CL: a request within the body of one that seldom has a body is a body for the upstream, too.
/// Counted where it matters, by an upstream that frames as RFC 9112 says.
class CountedAtUpstreamTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String LENGTH = "Content-Length: " + SMUGGLED.length();
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    @ParameterizedTest
    @CsvSource({"OPTIONS, false", "DELETE, false", "DELETE, true", "POST, false", "POST, true"})
    void aRequestInABodyIsABody(String method, boolean chunked) throws IOException {
        String body = chunked ? Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n" : SMUGGLED;
        try (FramedUpstream upstream = new FramedUpstream();
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            for (int i = 1; i <= 3; i++) {
                client.send(method + " /a HTTP/1.1\r\nHost: h\r\n" + (chunked ? CHUNKED : LENGTH) + "\r\n\r\n" + body);
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(bench.seen.get()).as("verdicts").isEqualTo(i);
                assertThat(upstream.requests).hasSize(i).containsOnly(method + " /a HTTP/1.1 + " + SMUGGLED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, false", "GET, true", "HEAD, false", "HEAD, true"})
    void aMethodWithoutBodyHasNone(String method, boolean chunked) throws IOException {
        String body = chunked ? Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n" : SMUGGLED;
        try (FramedUpstream upstream = new FramedUpstream();
                TestBench bench = new TestBench(TestBench.forward(upstream.port()));
                RawClient client = bench.client()) {
            client.send(method + " /a HTTP/1.1\r\nHost: h\r\n" + (chunked ? CHUNKED : LENGTH) + "\r\n\r\n" + body);
            assertThat(client.answer(method.equals("HEAD")).status()).isEqualTo(400);
            assertThat(upstream.requests).isEmpty();
        }
    }

    /// Half a body, then silence or an end: the upstream may begin to read, and counts no second request.
    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS"})
    void aBodyThatDoesNotComeToItsEndMakesNoRequestOfItsBeginning(String method) throws IOException {
        try (FramedUpstream upstream = new FramedUpstream();
                TestBench bench = new TestBench(TestBench.forward(upstream.port()), TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send(method + " /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + SMUGGLED);
            client.finishSending();
            assertThat(client.ended()).isTrue();
            assertThat(bench.seen.get()).isEqualTo(1);
            assertThat(upstream.requests).noneMatch(request -> request.startsWith("GET /smuggled"));
        }
    }
}
