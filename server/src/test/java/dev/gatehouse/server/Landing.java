package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A public client of the Api `orders` whose redirect address is served here. As that of many clients it belongs
/// to a broker, which leads browsers on to where they land: to another origin, with the same answer.
final class Landing implements AutoCloseable {
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String NAME = "Corner shop";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final RunningServer server;
    private final HttpServer broker;
    private final HttpServer app;
    private final String application;
    private final String clientId;
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();

    private Landing(RunningServer server, HttpServer broker, HttpServer app, String method) {
        this.server = server;
        this.broker = broker;
        this.app = app;
        broker.createContext("/", this::ledOn);
        broker.start();
        String root = Setup.root(server);
        String role = Customer.created(
                        server,
                        "/v1/organizations/" + root + "/roles",
                        "{\"name\":\"corner-" + method
                                + "\",\"rights\":{\"orders\":[\"things:read\",\"openid\",\"profile\","
                                + "\"offline_access\"]}}")
                .get("id")
                .asString();
        var made = Customer.created(server, "/v1/organizations/" + root + "/applications", """
                {"name": "%1$s", "role": "%2$s", "token_endpoint_auth_method": "%4$s",
                 "grant_types": ["authorization_code", "refresh_token"],
                 "redirect_uris": ["%3$s"], "post_logout_redirect_uris": ["%3$s"]}
                """.formatted(
                        method.equals("none") ? NAME : NAME + " with a secret", role, redirect(), method));
        this.application = made.get("id").asString();
        this.clientId = made.get("client_id").asString();
    }

    static Landing open(RunningServer server) throws IOException {
        return open(server, "none");
    }

    /// One that has a secret, so that it is known again: what a person allows it once is not asked again.
    static Landing confidential(RunningServer server) throws IOException {
        return open(server, "client_secret_basic");
    }

    private static Landing open(RunningServer server, String method) throws IOException {
        HttpServer broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", Landing::landed);
        app.start();
        return new Landing(server, broker, app, method);
    }

    private static void ledOn(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to + exchange.getRequestURI());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void ledOn(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/front")) {
            loaded.add(exchange.getRequestURI().toString());
            landed(exchange);
        } else {
            ledOn(exchange, origin(app));
        }
    }

    private static void landed(HttpExchange exchange) throws IOException {
        byte[] page = "<!doctype html><title>landed</title><p>Landed".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    /// Has this loaded by browsers of people who sign out.
    void hears(String uri) {
        RunningServer.Got got = server.admin(
                "PATCH", "/v1/applications/" + application, "{\"frontchannel_logout_uri\":\"" + uri + "\"}");
        if (got.status() != 200) {
            throw new AssertionError(got.text());
        }
    }

    /// What a browser loaded at `/front`, when it has.
    String loaded() throws InterruptedException {
        String next = loaded.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was loaded");
        }
        return next;
    }

    String application() {
        return application;
    }

    private static String origin(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String clientId() {
        return clientId;
    }

    String origin() {
        return origin(broker);
    }

    String redirect() {
        return origin() + "/cb";
    }

    /// The path of a request of this client.
    ///
    /// @param more parameters besides the usual ones, encoded, beginning with `&`
    String request(String scope, String more) {
        return "/oauth2/authorize?" + parameters(scope) + more;
    }

    String parameters(String scope) {
        return "response_type=code&client_id=" + clientId + "&redirect_uri=" + redirect() + "&scope="
                + scope.replace(" ", "%20").replace(":", "%3A") + "&state=af0ifjsldkj&code_challenge=" + CHALLENGE
                + "&code_challenge_method=S256";
    }

    /// What the address says that a browser is sent to, or landed at.
    Map<String, String> answer(String address) {
        String query = List.of(redirect() + "?", origin(app) + "/cb?").stream()
                .filter(address::startsWith)
                .map(start -> address.substring(start.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("landed elsewhere: " + address));
        Map<String, String> members = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            members.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return members;
    }

    RunningServer.Got redeem(String code) {
        return server.token(
                "orders",
                "grant_type=authorization_code&code=" + code + "&redirect_uri=" + redirect() + "&client_id=" + clientId
                        + "&code_verifier=" + VERIFIER);
    }

    RunningServer.Got refresh(String token) {
        return refresh(server, token);
    }

    /// The same at another node.
    RunningServer.Got refresh(RunningServer node, String token) {
        return node.token("orders", "grant_type=refresh_token&refresh_token=" + token + "&client_id=" + clientId);
    }

    /// Where the end session endpoint is asked, with an ID token if there is one.
    String signOut(Optional<String> idToken) {
        return "/oauth2/logout?state=bye&post_logout_redirect_uri=" + redirect()
                + idToken.map(it -> "&id_token_hint=" + it).orElse("");
    }

    @Override
    public void close() {
        broker.stop(0);
        app.stop(0);
    }
}
