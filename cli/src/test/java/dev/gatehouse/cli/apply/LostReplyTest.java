package dev.gatehouse.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A line between `apply` and a server on which the first reply to every creating request gets lost.
class LostReplyTest {
    private static final String FILES = """
            organizations:
              A:
                roles:
                  buyer: {rights: {}}
                applications:
                  shop:
                    role: buyer
                    credentials:
                      key: {kind: api_key, scopes: role}
            """;

    @TempDir
    Path folder;

    private final Map<String, Boolean> lost = new ConcurrentHashMap<>();

    @Test
    void whatWasCreatedIsCreatedOnceAndItsSecretIsTold() throws IOException {
        try (EmptyServer server = EmptyServer.start(folder.resolve("server"));
                HttpClient http = HttpClient.newHttpClient()) {
            HttpServer line = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            line.createContext("/", exchange -> pass(exchange, server.base(), http));
            line.start();
            try (AdminClient client = new AdminClient(
                    URI.create("http://127.0.0.1:" + line.getAddress().getPort()), server.key())) {
                List<String> secrets = new ArrayList<>();
                Plan plan = plan(client);
                assertThat(plan.run(client, InstantSource.system(), (_, secret) -> secrets.add(secret.reveal())))
                        .isEqualTo(new Result.Done());
                assertThat(lost).hasSizeGreaterThan(3);
                assertThat(secrets).hasSize(1);
                assertThat(plan(client).nothingToDo()).isTrue();
                assertThat(Page.all(ask -> client.organizations(Optional.empty(), ask)))
                        .hasSize(1);
            } finally {
                line.stop(0);
            }
        }
    }

    /// Passes a request on; the first reply under each key is thrown away with the connection.
    private void pass(HttpExchange exchange, URI server, HttpClient http) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Authorization", "Content-Type", "If-Match", "Idempotency-Key")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.header(name, value));
        }
        try {
            HttpResponse<byte[]> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            if (key != null && lost.putIfAbsent(key, true) == null) {
                exchange.close();
                return;
            }
            reply.headers()
                    .firstValue("ETag")
                    .ifPresent(etag -> exchange.getResponseHeaders().set("ETag", etag));
            exchange.sendResponseHeaders(reply.statusCode(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
            exchange.close();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Plan plan(AdminClient client) throws IOException {
        Path file = Files.writeString(folder.resolve("files.yaml"), FILES);
        return switch (Plan.of(client, file, Map.of(), false)) {
            case Plan.Made.Good(Plan plan) -> plan;
            case Plan.Made.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }
}
