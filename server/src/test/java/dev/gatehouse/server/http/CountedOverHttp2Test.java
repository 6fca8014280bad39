package dev.gatehouse.server.http;

import static dev.gatehouse.server.http.RawHttp2.DATA;
import static dev.gatehouse.server.http.RawHttp2.END_HEADERS;
import static dev.gatehouse.server.http.RawHttp2.END_STREAM;
import static dev.gatehouse.server.http.RawHttp2.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.HttpFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K05, K06 over HTTP/2, where a body needs no header that announces it: counted at an upstream that
/// frames as RFC 9112 says.
class CountedOverHttp2Test extends Http2HostileFixture {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final byte[] BODY = SMUGGLED.getBytes(StandardCharsets.US_ASCII);

    private static Outcome passed(FramedUpstream upstream, HttpFacts whole) {
        return new Outcome.Forward(
                URI.create("http://127.0.0.1:" + upstream.port()),
                whole.path(),
                List.of(),
                () -> true,
                true,
                List.of(),
                Optional.of(whole.body()).filter(body -> body.length() > 0),
                Optional.empty());
    }

    @ParameterizedTest(name = "{0}, all at once: {1}")
    @CsvSource({"GET, true", "GET, false", "HEAD, true", "HEAD, false"})
    void aMethodWithoutBodyHasNone(String method, boolean atOnce) throws IOException {
        try (FramedUpstream upstream = new FramedUpstream();
                TestBench bench =
                        new TestBench(head -> passed(upstream, head), HttpLimits.DEFAULT, Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.send(HEADERS, END_HEADERS, 1, RawHttp2.block(Http2Test.head(method)));
            client.send(DATA, atOnce ? END_STREAM : 0, 1, BODY);
            assertThat(client.status(1)).isEqualTo(400);
            assertThat(upstream.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void anEndThatComesLaterIsNoBody(String method) throws IOException {
        try (FramedUpstream upstream = new FramedUpstream();
                TestBench bench =
                        new TestBench(head -> passed(upstream, head), HttpLimits.DEFAULT, Tls.localhost(CA, folder));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.send(HEADERS, END_HEADERS, 1, RawHttp2.block(Http2Test.head(method)));
            client.send(DATA, 0, 1);
            // Answered in the meantime, so that the first has been looked at.
            client.get(3, "/b");
            assertThat(client.status(3)).isEqualTo(200);
            client.send(DATA, END_STREAM, 1);
            assertThat(client.status(1)).isEqualTo(200);
            assertThat(upstream.requests).containsExactly("GET /b HTTP/1.1 + ", method + " /a HTTP/1.1 + ");
        }
    }

    @Test
    void aBodyThatWasReadForADecisionIsNotPassedOnWithAGet() throws IOException {
        try (FramedUpstream upstream = new FramedUpstream();
                TestBench bench = new TestBench(_ -> new Outcome.ReadBody(1000, whole -> passed(upstream, whole)));
                RawClient client = bench.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: " + BODY.length + "\r\n\r\n" + SMUGGLED);
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(upstream.requests).isEmpty();
        }
    }
}
