package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A collector of traces: takes OTLP over HTTP and keeps the spans.
final class Collector implements AutoCloseable {
    /// A span as a test sees it.
    ///
    /// @param parent empty text for none
    record Seen(
            String trace,
            String id,
            String parent,
            String name,
            Span.SpanKind kind,
            boolean error,
            Map<String, String> attributes) {}

    private final HttpServer http;
    private final CountDownLatch answers;
    private final BlockingQueue<Seen> arriving = new LinkedBlockingQueue<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    private Collector(CountDownLatch answers) throws IOException {
        this.answers = answers;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/v1/traces", this::take);
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.start();
    }

    static Collector start() throws IOException {
        return new Collector(new CountDownLatch(0));
    }

    /// One that takes connections and never answers until it is closed.
    static Collector hanging() throws IOException {
        return new Collector(new CountDownLatch(1));
    }

    /// The configuration of a node that sends its traces here.
    String yaml(String ratio, String more) {
        return "tracing: {endpoint: 'http://127.0.0.1:%d/v1/traces', sample-ratio: %s%s}"
                .formatted(http.getAddress().getPort(), ratio, more);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(new String(body, StandardCharsets.ISO_8859_1));
        await();
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
        request.getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList()
                                .forEach(span -> arriving.add(
                                        seen(span, resource.getResource().getAttributesList())))));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void await() throws IOException {
        try {
            answers.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Seen seen(Span span, List<KeyValue> resource) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributesList().forEach(one -> attributes.put(one.getKey(), text(one)));
        resource.stream()
                .filter(one -> one.getKey().equals("service.name"))
                .forEach(one -> attributes.put(one.getKey(), text(one)));
        return new Seen(
                hex(span.getTraceId().toByteArray()),
                hex(span.getSpanId().toByteArray()),
                hex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getKind(),
                span.getStatus().getCodeValue() == 2,
                attributes);
    }

    private static String text(KeyValue one) {
        return one.getValue().hasIntValue()
                ? Long.toString(one.getValue().getIntValue())
                : one.getValue().getStringValue();
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    /// The first span of this kind, which may still be on its way.
    Seen first(Predicate<Seen> wanted) {
        for (Seen span : seen) {
            if (wanted.test(span)) {
                return span;
            }
        }
        while (true) {
            Seen span = next();
            seen.add(span);
            if (wanted.test(span)) {
                return span;
            }
        }
    }

    private Seen next() {
        try {
            Seen span = arriving.poll(60, TimeUnit.SECONDS);
            if (span == null) {
                throw new AssertionError("no such span among " + seen);
            }
            return span;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Every byte that came.
    String bytes() {
        return String.join("", bodies);
    }

    @Override
    public void close() {
        answers.countDown();
        http.stop(0);
    }
}
