package dev.gatehouse.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The API of a fake platform: takes its key, its user, its newest token, and certificates of its own authority.
final class FakeApi implements HttpHandler {
    private final FakeTokens tokens;
    private final TestAuthority authority;
    private final List<FakePlatform.Called> calls = new CopyOnWriteArrayList<>();
    private volatile Runnable during = () -> {};

    FakeApi(FakeTokens tokens, TestAuthority authority) {
        this.tokens = tokens;
        this.authority = authority;
    }

    void during(Runnable action) {
        during = action;
    }

    List<FakePlatform.Called> calls() {
        return calls;
    }

    /// Asks for a certificate, and takes connections without one too.
    static HttpsConfigurator asking(SSLContext context, BooleanSupplier old) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = getSSLContext().getDefaultSSLParameters();
                asked.setWantClientAuth(true);
                if (old.getAsBoolean()) {
                    asked.setProtocols(new String[] {"TLSv1.1"});
                }
                parameters.setSSLParameters(asked);
            }
        };
    }

    /// The certificate that a connection showed.
    static Optional<X509Certificate> certificate(HttpExchange exchange) {
        try {
            return Optional.of(
                    (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            List<String> headers = new ArrayList<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            values.forEach(value -> headers.add(name.toLowerCase(Locale.ROOT) + ": " + value)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            FakePlatform.Called call =
                    new FakePlatform.Called(exchange.getRequestMethod(), uri.toString(), List.copyOf(headers), body);
            if (!uri.getPath().equals("/api/account")) {
                calls.add(call);
            }
            during.run();
            if (authorized(call)
                    || certificate(exchange).filter(authority::issued).isPresent()) {
                answer(exchange, uri.getPath().substring("/api".length()), call);
            } else {
                FakePlatform.answer(exchange, 401, "{\"error\":\"who are you?\"}");
            }
        }
    }

    private boolean authorized(FakePlatform.Called call) {
        String basic =
                Base64.getEncoder().encodeToString(("anna:" + FakePlatform.PASSWORD).getBytes(StandardCharsets.UTF_8));
        return call.has("x-key", FakePlatform.KEY)
                || call.has("authorization", "Basic " + basic)
                || tokens.access().stream().anyMatch(token -> call.has("authorization", "Bearer " + token));
    }

    private void answer(HttpExchange exchange, String path, FakePlatform.Called call) throws IOException {
        switch (path) {
            case "/forbidden" -> FakePlatform.answer(exchange, 403, "{\"error\":\"not for anna\"}");
            case "/unauthorized" -> FakePlatform.answer(exchange, 401, "{}");
            case "/redirect" -> {
                exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data/");
                FakePlatform.answer(exchange, 302, "");
            }
            case "/leak" -> {
                var headers = exchange.getResponseHeaders();
                headers.set("Set-Cookie", "platform=1");
                headers.set("X-Seen", String.join(", ", call.headers()));
                headers.set("Access-Control-Allow-Origin", "*");
                headers.set("X-Kept", "yes");
                FakePlatform.answer(exchange, 200, "{}");
            }
            case "/paged" -> {
                exchange.getResponseHeaders().set("Link", "<https://fake.test/api/paged?page=2>; rel=\"next\"");
                FakePlatform.answer(exchange, 200, "{}");
            }
            case "/endless" -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[64 * 1024];
                for (int i = 0; i < 1024; i++) {
                    exchange.getResponseBody().write(block);
                }
            }
            default -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                FakePlatform.answer(
                        exchange,
                        200,
                        "{\"target\":\"" + call.target() + "\",\"body\":\""
                                + call.body().replace("\"", "'") + "\"}");
            }
        }
    }
}
