package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Where a client is told that a person has answered, by https on a host that the operator opened.
final class PingListener implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /// What came.
    record Heard(String request, String authorization, String type, String body) {}

    private final TestAuthority authority = new TestAuthority("pings");
    private final HttpsServer host;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private volatile int answer = 204;

    PingListener() throws IOException {
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))));
        host.createContext("/", this::answer);
        host.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(new Heard(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    body));
            if (answer == 302) {
                exchange.getResponseHeaders().set("Location", uri("/elsewhere"));
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    /// What it answers from now on.
    void answers(int status) {
        answer = status;
    }

    String uri(String path) {
        return "https://" + FakePlatform.HOST + ":" + host.getAddress().getPort() + path;
    }

    /// What opens it.
    String config(Path folder) throws IOException {
        Path trusted = Files.writeString(folder.resolve("pings.pem"), authority.pem());
        return "egress:\n  allow: [\"" + uri("") + " " + trusted + "\"]\n";
    }

    /// The next that comes.
    Heard next() {
        try {
            Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How many came that nobody has taken.
    int waiting() {
        return heard.size();
    }

    @Override
    public void close() {
        host.stop(0);
    }
}
