package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Where an application hears that people have signed out.
final class LogoutListener implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /// What came.
    record Heard(String method, String type, String body) {
        String token() {
            return body.substring("logout_token=".length());
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private volatile int answer = 200;

    LogoutListener() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = answer;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", origin() + "/elsewhere");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
        heard.add(new Heard(exchange.getRequestMethod() + " " + exchange.getRequestURI(), type, body));
    }

    /// What it answers from now on.
    void answers(int status) {
        answer = status;
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
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
        server.stop(0);
    }
}
