package dev.gatehouse.server;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Moments;
import dev.gatehouse.egress.Resolver;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.Mistake;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.server.http.SampleUpstream;
import dev.gatehouse.storage.Patience;
import dev.gatehouse.testkit.FakePlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole server on loopback, spoken to over HTTP only.
final class RunningServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /// A server that never answers fails its test in place of holding up all of them.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// For a machine that is too busy; what a node must not serve any more is told to it in any case.
    static final Patience DATABASE = Patience.STANDARD.times(4);

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

    /// What the sample upstream answers as providers do; everything else it sends back.
    private static final Map<String, String> TOLD = Map.of(
            "POST /api/client",
            "{\"client\":{\"createTime\":\"2023-12-01 12:18:55\",\"clientKey\":\"client-1\",\"users\":[]},"
                    + "\"code\":\"201\",\"message\":\"Client created\"}",
            "GET /account/1/balance",
            "{\"balance\":47.79,\"currency\":\"EUR\"}",
            "POST /sms/2/text/advanced",
            "{\"bulkId\":\"bulk-1\",\"messages\":[{\"to\":\"41793026727\",\"messageId\":\"message-1\"}]}");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ToIntFunction<String> ports;
    private final Runnable stop;
    private final SampleUpstream upstream;
    private final String upstreamBase;
    private final String admin;
    private final Secret key;
    private final Optional<Path> database;

    private RunningServer(ToIntFunction<String> ports, Secret key, Optional<Path> database, Runnable stop)
            throws IOException {
        this(ports, key, database, stop, new SampleUpstream(0, TOLD));
    }

    private RunningServer(
            ToIntFunction<String> ports, Secret key, Optional<Path> database, Runnable stop, SampleUpstream upstream)
            throws IOException {
        this.ports = ports;
        this.database = database;
        this.stop = stop;
        this.upstream = upstream;
        this.upstreamBase = "http://127.0.0.1:" + upstream.start();
        this.admin = "http://127.0.0.1:" + ports.applyAsInt("admin");
        this.key = key;
    }

    /// Speaks to a server that somebody else started and stops.
    static RunningServer elsewhere(Map<String, Integer> ports, Secret key) throws IOException {
        return new RunningServer(ports::get, key, Optional.empty(), () -> {});
    }

    /// Starts on SQLite in this folder; ports are free ones.
    ///
    /// @param more listeners besides `orders`, `parcels` and `admin`: the members of a YAML mapping, without
    ///     address and port
    static RunningServer start(Path folder, InstantSource clock, String... more) throws IOException {
        return start(config(folder, more), clock);
    }

    /// Starts on SQLite in this folder with this block of configuration.
    static RunningServer with(Path folder, InstantSource clock, String block) throws IOException {
        return start(configWith(folder, block), clock);
    }

    /// The same with a block for tracing.
    static RunningServer traced(Path folder, InstantSource clock, String tracing) throws IOException {
        return with(folder, clock, tracing);
    }

    private static RunningServer start(NodeConfig config, InstantSource clock) throws IOException {
        Gatehouse gatehouse = node(config, clock);
        return new RunningServer(
                gatehouse::port, gatehouse.bootstrapKey().orElse(Secret.of("none")), file(config), gatehouse::close);
    }

    private static Optional<Path> file(NodeConfig config) {
        return Optional.of(config.data().resolve("gatehouse.db"));
    }

    /// What may do everything.
    Secret key() {
        return key;
    }

    /// The file of the database.
    Path database() {
        return database.orElseThrow();
    }

    private static Gatehouse node(NodeConfig config, InstantSource clock) {
        return Gatehouse.start(
                config,
                new Environment(
                        clock, System::nanoTime, new SecureRandom(), Moments.NONE, RunningServer::addresses, DATABASE));
    }

    /// The fake platform is here, and so is that of the guide.
    static List<InetAddress> addresses(String host) throws UnknownHostException {
        return host.equals(FakePlatform.HOST) || host.endsWith(".parcelo.example")
                ? List.of(InetAddress.getLoopbackAddress())
                : Resolver.SYSTEM.resolve(host);
    }

    /// Stops the node and starts another on the same folder, before the same upstream.
    RunningServer restarted(Path folder, InstantSource clock) throws IOException {
        stop.run();
        http.close();
        Gatehouse gatehouse = node(config(folder), clock);
        return new RunningServer(gatehouse::port, key, database, gatehouse::close, upstream);
    }

    /// The same with this block of configuration.
    RunningServer restartedWith(Path folder, InstantSource clock, String block) throws IOException {
        stop.run();
        http.close();
        Gatehouse gatehouse = node(configWith(folder, block), clock);
        return new RunningServer(gatehouse::port, key, database, gatehouse::close, upstream);
    }

    /// The configuration of a node on this folder.
    static NodeConfig config(Path folder, String... more) throws IOException {
        Path file = Files.writeString(
                folder.resolve("gatehouse.yaml"),
                """
                data: %s
                listeners:
                  - {name: orders, address: 127.0.0.1, port: 0, serves: api}
                  - {name: parcels, address: 127.0.0.1, port: 0, serves: api}
                  - {name: admin, address: 127.0.0.1, port: 0, serves: admin}
                """.formatted(folder.resolve("data"))
                        + Stream.of(more)
                                .map(listener -> "  - {address: 127.0.0.1, port: 0, " + listener + "}\n")
                                .collect(Collectors.joining()));
        return read(file);
    }

    /// The same with another block.
    static NodeConfig configWith(Path folder, String block) throws IOException {
        config(folder);
        return read(Files.writeString(folder.resolve("gatehouse.yaml"), block, StandardOpenOption.APPEND));
    }

    private static NodeConfig read(Path file) {
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
        return token(api, form, "Authorization", basic(customer.clientId(), customer.secret()));
    }

    /// A token of this Api with these scopes.
    String mint(String api, Customer customer, String scope) {
        Got got = token(api, customer, "grant_type=client_credentials&scope=" + scope.replace(":", "%3A"));
        if (got.status() != 200) {
            throw new AssertionError(got.text());
        }
        return got.json().get("access_token").asString();
    }

    static String basic(String clientId, String secret) {
        String pair = clientId + ":" + secret;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    Got token(String api, String form, String... headers) {
        return form(api, "/oauth2/token", form, headers);
    }

    Got form(String api, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base(api) + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /// Any request to an Api.
    Got send(String api, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base(api) + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    String base(String listener) {
        return "http://127.0.0.1:" + ports.applyAsInt(listener);
    }

    private Got send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            return new Got(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One request, byte for byte; `Host` and an empty line are added.
    RawClient.Answer raw(String listener, String line, String... headers) {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return rawText(listener, head.append("\r\n").toString(), line.startsWith("HEAD "));
    }

    /// A connection to speak on byte by byte.
    RawClient connect(String listener) throws IOException {
        return new RawClient(ports.applyAsInt(listener));
    }

    /// Exactly these bytes.
    RawClient.Answer rawText(String listener, String text, boolean toHead) {
        try (RawClient client = connect(listener)) {
            return client.send(text).answer(toHead);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An operational path of the admin listener.
    Got ops(String path) {
        return send(HttpRequest.newBuilder(URI.create(admin + path)));
    }

    /// Any request to the admin API, with these headers only.
    Got adminWith(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(admin + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /// The key that the first start made.
    Secret bootstrapKey() {
        return key;
    }

    String upstreamBase() {
        return upstreamBase;
    }

    @Override
    public void close() {
        // A server that stops waits for idle connections, for a request might be on its way.
        http.shutdownNow();
        stop.run();
        upstream.close();
        http.close();
    }
}
