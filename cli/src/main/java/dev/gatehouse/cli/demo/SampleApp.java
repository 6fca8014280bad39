package dev.gatehouse.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A web application without a server of its own: one page whose script signs a person in and calls an Api. What
/// serves it here only hands out files, on the loopback.
final class SampleApp implements AutoCloseable {
    private static final Map<String, String> FILES = Map.of(
            "/", "app.html", "/app.js", "app.js", "/app.css", "app.css", "/chat", "chat.html", "/chat.js", "chat.js");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css");
    private static final String SETTINGS = "/settings.json";

    private final HttpServer server;
    private final Settings settings;

    /// What the page has to know.
    ///
    /// @param api the call that it makes
    /// @param chat what the other page has to know, which has a key of its own
    record Settings(String issuer, String clientId, String scope, String api, Chat chat) {
        private String json() {
            return Json.Obj.EMPTY
                    .with("issuer", issuer)
                    .with("authorization_endpoint", issuer + "/oauth2/authorize")
                    .with("token_endpoint", issuer + "/oauth2/token")
                    .with("end_session_endpoint", issuer + "/oauth2/logout")
                    .with("client_id", clientId)
                    .with("scope", scope)
                    .with("api", api)
                    .with(
                            "chat",
                            Json.Obj.EMPTY
                                    .with(
                                            "auth",
                                            chat.base().resolve("/v1/auth").toString())
                                    .with(
                                            "call",
                                            chat.base().resolve(chat.path()).toString())
                                    .with("key", chat.key())
                                    .with("domain_key", chat.domainKey().reveal()))
                    .compact();
        }
    }

    /// A page with a domain key, which is public.
    ///
    /// @param path the call that it makes
    record Chat(URI base, String path, String key, Secret domainKey) {}

    private SampleApp(HttpServer server, Settings settings) {
        this.server = server;
        this.settings = settings;
    }

    static SampleApp start(int port, Settings settings) throws IOException {
        SampleApp app = new SampleApp(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0), settings);
        app.server.createContext("/", app::answer);
        app.server.start();
        return app;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean reads = exchange.getRequestMethod().equals("GET");
            Optional<byte[]> found = reads ? content(path) : Optional.empty();
            if (found.isEmpty()) {
                exchange.sendResponseHeaders(reads ? 404 : 405, -1);
                return;
            }
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", type(path) + "; charset=utf-8");
            headers.set("Cache-Control", "no-store");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' " + settings.issuer()
                            + " " + settings.chat().base()
                            + "; frame-ancestors 'none'");
            exchange.sendResponseHeaders(200, found.get().length);
            exchange.getResponseBody().write(found.get());
        }
    }

    private static String type(String path) {
        String file = FILES.getOrDefault(path, SETTINGS);
        return TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/json");
    }

    private Optional<byte[]> content(String path) throws IOException {
        if (path.equals(SETTINGS)) {
            return Optional.of(settings.json().getBytes(StandardCharsets.UTF_8));
        }
        Optional<String> file = Optional.ofNullable(FILES.get(path));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = SampleApp.class.getResourceAsStream(file.get())) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
