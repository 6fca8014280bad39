package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.tls.ListenerTls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// A server with one listener whose front is a function, and what it takes to look at it from outside.
final class TestBench implements AutoCloseable {
    /// Short deadlines, small bounds. No deadline is so short that a busy machine could miss it with what a test
    /// wants to be served.
    static final HttpLimits SHORT = new HttpLimits(
            16,
            64,
            64,
            16 * 1024,
            8 * 1024,
            100,
            1024 * 1024,
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            100_000,
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            16,
            64,
            8,
            8,
            8,
            8,
            1,
            1,
            1,
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofSeconds(2));

    final HttpServer server;
    final int port;
    final AtomicInteger seen = new AtomicInteger();
    /// By how many nanoseconds the server's clock is ahead of the machine's.
    final AtomicLong ahead = new AtomicLong();

    volatile HttpFacts last;

    TestBench(Function<HttpFacts, Outcome> behaviour) throws IOException {
        this(behaviour, HttpLimits.DEFAULT);
    }

    TestBench(Function<HttpFacts, Outcome> behaviour, HttpLimits limits) throws IOException {
        this(behaviour, limits, 1 << 30);
    }

    TestBench(Function<HttpFacts, Outcome> behaviour, HttpLimits limits, long bodyBytes) throws IOException {
        this(behaviour, limits, bodyBytes, Optional.empty());
    }

    TestBench(Function<HttpFacts, Outcome> behaviour, HttpLimits limits, ListenerTls tls) throws IOException {
        this(behaviour, limits, 1 << 30, Optional.of(tls));
    }

    private TestBench(
            Function<HttpFacts, Outcome> behaviour, HttpLimits limits, long bodyBytes, Optional<ListenerTls> tls)
            throws IOException {
        Front front = new Front() {
            @Override
            public Outcome head(HttpFacts head) {
                seen.incrementAndGet();
                last = head;
                return behaviour.apply(head);
            }

            @Override
            public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
                return Reply.json(status, Map.of("shape", "ours", "status", status));
            }
        };
        server = new HttpServer(
                List.of(new HttpListener("test", "127.0.0.1", 0, bodyBytes, tls, front)),
                limits,
                Traffic.NONE,
                Tracer.NONE,
                () -> System.nanoTime() + ahead.get(),
                new SplittableRandom(1));
        port = server.start().get("test");
    }

    /// Lets time pass, and has the server look who was too slow.
    void pass(Duration time) {
        server.expire(System.nanoTime() + ahead.addAndGet(time.toNanos()));
    }

    RawClient client() throws IOException {
        return new RawClient(port);
    }

    static Outcome ok(HttpFacts head) {
        return new Outcome.Answer(Reply.json(200, Map.of("path", head.path())));
    }

    /// Forwards what it got, headers and all, with one identity header of ours.
    static Function<HttpFacts, Outcome> forward(int upstream) {
        return forward(upstream, false);
    }

    static Function<HttpFacts, Outcome> forward(int upstream, boolean credentialed) {
        URI uri = URI.create("http://127.0.0.1:" + upstream);
        return head -> {
            List<Header> headers = new java.util.ArrayList<>(head.headers().stream()
                    .filter(header -> !header.folded().startsWith(HeaderNames.OURS))
                    .toList());
            headers.add(new Header("X-Gatehouse-Subject", "alice"));
            String target = head.query().map(query -> head.path() + "?" + query).orElse(head.path());
            return new Outcome.Forward(uri, target, headers, () -> true, credentialed);
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
