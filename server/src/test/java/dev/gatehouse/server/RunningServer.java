package dev.gatehouse.server;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.Mistake;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.http.SampleUpstream;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole server on loopback, spoken to over HTTP only.
final class RunningServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /// A reply as a test sees it.
    record Got(int status, Map<String, List<String>> headers, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .flatMap(entry -> entry.getValue().stream())
                    .findFirst()
                    .orElse("");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Gatehouse gatehouse;
    private final SampleUpstream upstream;
    private final String upstreamBase;
    private final String admin;
    private final Secret key;

    private RunningServer(Gatehouse gatehouse, SampleUpstream upstream, String upstreamBase) {
        this.upstreamBase = upstreamBase;
        this.gatehouse = gatehouse;
        this.upstream = upstream;
        this.admin = "http://127.0.0.1:" + gatehouse.port("admin");
        this.key = gatehouse.bootstrapKey().orElse(Secret.of("none"));
    }

    /// Starts on SQLite in this folder; ports are free ones.
    static RunningServer start(Path folder, TestClock clock) throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                data: %s
                listeners:
                  - {name: orders, address: 127.0.0.1, port: 0, serves: api}
                  - {name: parcels, address: 127.0.0.1, port: 0, serves: api}
                  - {name: admin, address: 127.0.0.1, port: 0, serves: admin}
                """.formatted(folder.resolve("data")));
        NodeConfig config = config(file);
        Environment environment = new Environment(clock, System::nanoTime, new SecureRandom());
        SampleUpstream upstream = new SampleUpstream(0);
        int port = upstream.start();
        return new RunningServer(Gatehouse.start(config, environment), upstream, "http://127.0.0.1:" + port);
    }

    private static NodeConfig config(Path file) {
        return switch (NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()))) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(List<Mistake> mistakes) -> throw new IllegalStateException(mistakes.toString());
        };
    }

    Got admin(String method, String path, String body) {
        return admin(key, method, path, body);
    }

    Got admin(Secret as, String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(admin + path))
                .header("Authorization", "Bearer " + as.reveal())
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(request);
    }

    Got call(String api, String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base(api) + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Got token(String api, Customer customer, String form) {
        String pair = customer.clientId() + ":" + customer.secret();
        return token(
                api,
                form,
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    Got token(String api, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base(api) + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    String base(String listener) {
        return "http://127.0.0.1:" + gatehouse.port(listener);
    }

    private Got send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Got(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String upstreamBase() {
        return upstreamBase;
    }

    @Override
    public void close() {
        gatehouse.close();
        upstream.close();
        http.close();
    }
}
