package dev.gatehouse.nodes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// Sends requests; one that is not answered in time, or whose connection breaks, has the status 0.
final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    Got send(int port, String method, String path, String authorization) {
        return send(port, method, path, authorization, "", "");
    }

    Got json(int port, String method, String path, String authorization, String body) {
        return send(port, method, path, authorization, body.isEmpty() ? "" : "application/json", body);
    }

    Got form(int port, String path, String authorization, String form) {
        return send(port, "POST", path, authorization, "application/x-www-form-urlencoded", form);
    }

    Got once(int port, String method, String path, String authorization, String body, String key) {
        return send(port, method, path, authorization, body.isEmpty() ? "" : "application/json", body, key);
    }

    private Got send(int port, String method, String path, String authorization, String type, String body) {
        return send(port, method, path, authorization, type, body, "");
    }

    private Got send(int port, String method, String path, String authorization, String type, String body, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        try {
            HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Got(reply.statusCode(), reply.body());
        } catch (IOException e) {
            return new Got(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Got(0, e.toString());
        }
    }

    static String basic(String clientId, String secret) {
        return "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
