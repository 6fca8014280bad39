package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A server of the operator's that hears of connections.
final class HookServer implements AutoCloseable {
    static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
    static final String OLDER =
            Base64.getEncoder().encodeToString("0123456789abcdef01234567".getBytes(StandardCharsets.US_ASCII));

    /// What it was told.
    record Told(String id, String time, String signatures, String body) {
        JsonNode json() {
            return RunningServer.JSON.readTree(body);
        }

        String type() {
            return json().get("type").asString();
        }

        String connection() {
            return json().get("data").get("connection").asString();
        }
    }

    private final HttpServer http;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private volatile int status = 204;

    HookServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            told.add(new Told(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body));
        });
        http.start();
    }

    /// The configuration of a node beside this platform that tells it.
    String config(FakePlatform platform, Path folder) throws IOException {
        Path secrets = folder.resolve("hook.secrets");
        TestAuthority.writeKey(secrets, "whsec_" + SECRET + "\n" + OLDER + "\n");
        String origin = "http://127.0.0.1:" + http.getAddress().getPort();
        return platform.config(folder).replace("allow: [", "allow: [\"" + origin + "\", ") + "  events-url: " + origin
                + "/hook\n  events-secret-file: " + secrets + "\n";
    }

    /// Answers so from now on.
    void answers(int code) {
        status = code;
    }

    Told next() throws InterruptedException {
        return next(60);
    }

    Told next(int seconds) throws InterruptedException {
        Told next = told.poll(seconds, TimeUnit.SECONDS);
        assertThat(next).as("an event").isNotNull();
        return next;
    }

    /// What it has been told, and nobody has looked at.
    BlockingQueue<Told> told() {
        return told;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
