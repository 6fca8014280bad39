package dev.gatehouse.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/// Somebody else's platform with an authorization server of its own, over TLS on the loopback. Everybody is
/// logged in there and agrees. `POST /expire` ends all of its access tokens, `POST /forget` its refresh tokens too.
final class FakeCrm implements AutoCloseable {
    private static final int MOST = 64 * 1024;

    private final HttpsServer server;
    private final Crm crm;
    private final CrmTokens tokens;

    private FakeCrm(HttpsServer server, Crm crm) {
        this.server = server;
        this.crm = crm;
        this.tokens = new CrmTokens(crm, InstantSource.system());
    }

    /// Starts it, with a certificate of its own.
    static FakeCrm start(Crm crm, CrmCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), crm.base().getPort()),
                0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        FakeCrm started = new FakeCrm(server, crm);
        server.createContext("/", started::answer);
        server.start();
        return started;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(MOST), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod() + " " + path) {
                case "GET /authorize" -> agree(exchange);
                case "POST /token" -> token(exchange, body);
                case "POST /expire" -> {
                    tokens.expire();
                    say(exchange, 200, "{}");
                }
                case "POST /forget" -> {
                    tokens.forget();
                    say(exchange, 200, "{}");
                }
                default -> api(exchange, path, body);
            }
        }
    }

    private void agree(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(String.valueOf(exchange.getRequestURI().getRawQuery()));
        String back = asked.getOrDefault("redirect_uri", "");
        if (!Crm.CLIENT.equals(asked.get("client_id")) || !back.endsWith("/oauth2/connect/" + Crm.TYPE + "/callback")) {
            say(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String state = URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", back + "?code=" + tokens.agreed(asked) + "&state=" + state);
        say(exchange, 302, "");
    }

    private void token(HttpExchange exchange, String body) throws IOException {
        var given = tokens.next(form(body));
        say(exchange, given.isPresent() ? 200 : 400, given.orElse("{\"error\":\"invalid_grant\"}"));
    }

    private void api(HttpExchange exchange, String path, String body) throws IOException {
        if (!path.startsWith("/api/")) {
            say(exchange, 404, "{\"error\":\"not_found\"}");
        } else if (!authorized(exchange)) {
            say(exchange, 401, "{\"error\":\"who are you?\"}");
        } else if (path.equals("/api/settings")) {
            say(exchange, 403, "{\"error\":\"not for ann\"}");
        } else {
            Json.Obj told = Json.Obj.EMPTY
                    .with("method", exchange.getRequestMethod())
                    .with("target", exchange.getRequestURI().toString())
                    .with("body", body);
            say(exchange, 200, told.compact());
        }
    }

    private boolean authorized(HttpExchange exchange) {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String pair = Crm.EMAIL + ":" + crm.password().reveal();
        return crm.key().reveal().equals(exchange.getRequestHeaders().getFirst("X-Crm-Key"))
                || given.equals("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                || (given.startsWith("Bearer ") && tokens.opens(given.substring("Bearer ".length())));
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = Math.max(pair.indexOf('='), 0);
            form.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(Math.min(equals + 1, pair.length())), StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
