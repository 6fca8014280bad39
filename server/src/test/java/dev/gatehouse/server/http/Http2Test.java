package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.server.http.RawHttp2.Frame;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// HTTP/2 as good callers speak it.
class Http2Test {
    private static final TestAuthority CA = new TestAuthority("ca");
    private static final SSLContext TRUSTING = CA.client(Optional.empty());
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=1\r\n\r\nok";

    @TempDir
    Path folder;

    @Test
    void aRequestHasTheSameFactsAsOverHttp1() throws Exception {
        try (TestBench bench = bench(TestBench::ok);
                HttpClient client = client()) {
            HttpResponse<String> answer = client.send(
                    request(bench, "/a/b?c=d%20e").header("X-One", "1").build(), BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            HttpFacts facts = bench.last;
            assertThat(facts.secure()).isTrue();
            assertThat(facts.host()).isEqualTo("localhost:" + bench.port);
            assertThat(facts.method()).isEqualTo("GET");
            assertThat(facts.path()).isEqualTo("/a/b");
            assertThat(facts.query()).contains("c=d%20e");
            assertThat(facts.values("Host")).containsExactly("localhost:" + bench.port);
            assertThat(facts.values("x-one")).containsExactly("1");
        }
    }

    @Test
    void crumbsOfCookiesAreOneHeader() throws IOException {
        try (TestBench bench = bench(TestBench::ok);
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.request(1, head("GET", "cookie", "a=1", "x-a", "1", "cookie", "b=2", "te", "trailers"));
            assertThat(client.status(1)).isEqualTo(200);
            assertThat(bench.last.values("Cookie")).containsExactly("a=1; b=2");
        }
    }

    @Test
    void manyRequestsShareOneConnection() throws Exception {
        try (TestBench bench = bench(TestBench::ok);
                HttpClient client = client()) {
            client.send(request(bench, "/first").build(), BodyHandlers.discarding());
            for (int round = 0; round < 5; round++) {
                List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    all.add(client.sendAsync(request(bench, "/a" + i).build(), BodyHandlers.ofString()));
                }
                for (int i = 0; i < 50; i++) {
                    assertThat(all.get(i).get().body()).contains("/a" + i + "\"");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 100", "100, 100", "101, 100", "300000, 1000000"})
    void aBodyIsReadUpToItsLimit(int bytes, int limit) throws Exception {
        Function<HttpFacts, Outcome> read = head -> new Outcome.ReadBody(limit, whole -> TestBench.ok(whole));
        try (TestBench bench = bench(read);
                HttpClient client = client()) {
            for (var body : List.of(
                    BodyPublishers.ofByteArray(new byte[bytes]),
                    BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[bytes])))) {
                HttpResponse<String> answer =
                        client.send(request(bench, "/a").POST(body).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(bytes > limit ? 413 : 200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 0, true",
        "POST, 0, true",
        "POST, 5, true",
        "POST, 300000, true",
        "POST, 5, false",
        "POST, 300000, false"
    })
    void callsAreForwarded(String method, int bytes, boolean lengthKnown) throws Exception {
        try (SampleUpstream upstream = new SampleUpstream(0);
                TestBench bench = bench(TestBench.forward(upstream.start()));
                HttpClient client = client()) {
            var body = BodyPublishers.ofByteArray(new byte[bytes]);
            var request = request(bench, "/a?b=c")
                    .method(
                            method,
                            method.equals("GET")
                                    ? BodyPublishers.noBody()
                                    : lengthKnown ? body : BodyPublishers.fromPublisher(body))
                    .build();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body())
                        .contains("\"method\":\"" + method + "\"", "\"path\":\"/a\"", "\"bodyBytes\":" + bytes + "}")
                        .contains("[\"X-Gatehouse-Subject\",\"alice\"]");
            }
        }
    }

    @Test
    void aBodyThatDoesNotHaveItsLengthNeverReachesTheUpstreamWhole() throws IOException {
        try (SampleUpstream upstream = new SampleUpstream(0)) {
            Function<HttpFacts, Outcome> forward = TestBench.forward(upstream.start());
            Function<HttpFacts, Outcome> read = head -> head.path().equals("/b")
                    ? TestBench.ok(head)
                    : new Outcome.ReadBody(100, whole -> TestBench.ok(whole));
            for (var behaviour : List.of(forward, read)) {
                // Short, because the server learns of some of these only when it loses patience.
                try (TestBench bench = new TestBench(behaviour, TestBench.SHORT, Tls.localhost(CA, folder));
                        RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
                    for (String length : List.of("3", "9")) {
                        int stream = length.equals("3") ? 1 : 3;
                        byte[] head = RawHttp2.block(head("POST", "content-length", length));
                        client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head);
                        client.send(
                                RawHttp2.DATA,
                                RawHttp2.END_STREAM,
                                stream,
                                "hello".getBytes(StandardCharsets.US_ASCII));
                        assertThat(client.status(stream)).isIn(-1, 400, 502);
                    }
                    client.request(5, head("POST", "content-length", "7"));
                    assertThat(client.status(5)).isIn(-1, 400, 502);
                    client.get(7, "/b");
                    assertThat(client.status(7)).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void trailersStayBehind() throws IOException {
        try (SampleUpstream upstream = new SampleUpstream(0);
                TestBench bench = bench(TestBench.forward(upstream.start()));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.block(head("POST")));
            client.send(RawHttp2.DATA, 0, 1, "hello".getBytes(StandardCharsets.US_ASCII));
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.block("x-gatehouse-subject", "mallory", "x-trailer", "1"));
            assertThat(client.status(1)).isEqualTo(200);
            String seen = new String(client.answer(1).payload().toArray(), StandardCharsets.UTF_8);
            assertThat(seen).contains("\"bodyBytes\":5").contains("alice").doesNotContain("mallory", "x-trailer");
        }
    }

    @Test
    void answersKeepTheirHeadersAndLength() throws Exception {
        try (RawUpstream upstream = new RawUpstream(ANSWER);
                TestBench bench = bench(TestBench.forward(upstream.port()));
                HttpClient client = client()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = client.send(request(bench, "/a").build(), BodyHandlers.ofString());
                assertThat(answer.body()).isEqualTo("ok");
                assertThat(answer.headers().firstValue("Content-Length")).contains("2");
                assertThat(answer.headers().firstValue("Set-Cookie")).contains("a=1");
                assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
                assertThat(answer.headers().map()).doesNotContainKeys("connection", "transfer-encoding");
            }
        }
    }

    @Test
    void aStreamThatMayNotGoOnIsResetAndTheOthersLive() throws Exception {
        AtomicBoolean alive = new AtomicBoolean(true);
        try (RawUpstream upstream =
                        new RawUpstream("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                TestBench bench = bench(head -> head.path().equals("/stream")
                        ? new Outcome.Forward(
                                URI.create("http://127.0.0.1:" + upstream.port()),
                                "/stream",
                                List.of(new Header("Accept", "*/*")),
                                alive::get,
                                true)
                        : TestBench.ok(head));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.get(1, "/stream");
            assertThat(client.status(1)).isEqualTo(200);
            assertThat(client.answer(1).type()).isEqualTo(RawHttp2.DATA);
            alive.set(false);
            bench.server.sweep();
            Frame last = client.answer(1);
            assertThat(last.type()).isEqualTo(RawHttp2.RST_STREAM);
            client.get(3, "/b");
            assertThat(client.status(3)).isEqualTo(200);
        }
    }

    @Test
    void aCallerThatResetsItsStreamStopsTheCallUpstream() throws Exception {
        try (RawUpstream upstream =
                        new RawUpstream("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                TestBench bench = bench(TestBench.forward(upstream.port()));
                RawHttp2 client = new RawHttp2(TRUSTING, bench.port)) {
            client.get(1, "/stream");
            assertThat(client.status(1)).isEqualTo(200);
            client.send(RawHttp2.RST_STREAM, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
            upstream.firstEnded.await();
            client.get(3, "/b");
            assertThat(client.status(3)).isEqualTo(200);
        }
    }

    @Test
    void aStopLetsOpenRequestsEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TestBench bench = bench(head -> new Outcome.Block(Outcome.Work.VERIFY, () -> {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TestBench.ok(head);
        }));
        try (HttpClient client = client()) {
            var answer = client.sendAsync(request(bench, "/a").build(), BodyHandlers.ofString());
            asked.await();
            Thread stop = Thread.ofPlatform().start(bench::close);
            go.countDown();
            assertThat(answer.get().statusCode()).isEqualTo(200);
            stop.join();
        }
    }

    static String[] head(String method, String... more) {
        List<String> all = new ArrayList<>(
                List.of(":method", method, ":scheme", "https", ":authority", "localhost", ":path", "/a"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private TestBench bench(Function<HttpFacts, Outcome> behaviour) throws IOException {
        return new TestBench(behaviour, HttpLimits.DEFAULT, Tls.localhost(CA, folder));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(TRUSTING)
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    private static HttpRequest.Builder request(TestBench bench, String target) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + bench.port + target));
    }
}
