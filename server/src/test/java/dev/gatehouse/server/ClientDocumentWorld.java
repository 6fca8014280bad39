package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A client whose name is the URL of a document, the place of the document, and a server that looks there.
final class ClientDocumentWorld implements AutoCloseable {
    static final String VERIFIER = "a".repeat(43);
    static final String POLICY = "{\"role\":\"buyers\",\"metadata_documents\":true}";

    final TestClock clock = new TestClock();
    private final TestAuthority authority = new TestAuthority("clients");
    final AtomicInteger asked = new AtomicInteger();
    final HttpsServer host;
    RunningServer server;
    Registrations registrations;

    /// What the place of the document answers.
    volatile int status = 200;

    /// The document; empty: a good one.
    volatile String there = "";
    volatile String redirect = CodeFlow.REDIRECT;

    ClientDocumentWorld(Path folder) throws IOException {
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))));
        host.createContext("/", this::answer);
        host.start();
        Path trusted = Files.writeString(folder.resolve("clients.pem"), authority.pem());
        server = RunningServer.with(
                folder,
                clock,
                "egress:\n  allow-client-documents: [\"https://fake.test:%d %s\"]\n"
                        .formatted(host.getAddress().getPort(), trusted));
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        registrations = new Registrations(server, "orders").letting(POLICY);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            byte[] body = (there.isEmpty() ? document(url(), "") : there).getBytes(StandardCharsets.UTF_8);
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "https://evil.test/");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// The name of the client.
    String url() {
        return "https://fake.test:" + host.getAddress().getPort() + "/client.json";
    }

    String document(String clientId, String more) {
        return "{\"client_id\":\"" + clientId + "\",\"client_name\":\"Assistant\",\"redirect_uris\":[\"" + redirect
                + "\"]" + more + "}";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    String path(String clientId) {
        return "/oauth2/authorize?response_type=code&scope=openid+things%3Aread&client_id=" + encoded(clientId)
                + "&redirect_uri=" + encoded(CodeFlow.REDIRECT) + "&code_challenge_method=S256&code_challenge="
                + challenge();
    }

    /// A person who comes with a request of it.
    Got begin(String clientId) {
        return server.call("orders", "GET", path(clientId));
    }

    /// Nobody knows a client of this name.
    void unknown(String clientId) {
        Got got = begin(clientId);
        assertThat(got.status()).as(clientId).isEqualTo(400);
        assertThat(got.text()).contains("id=\"error\"");
        assertThat(got.header("Location")).isEmpty();
    }

    /// What has become of the client.
    Optional<String> application() {
        return server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/applications?limit=100", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("client_id").asString().equals(url()))
                .map(one -> one.get("id").asString())
                .findFirst();
    }

    Got redeemed(String code) {
        return server.token(
                "orders",
                "grant_type=authorization_code&code=" + code + "&redirect_uri=" + encoded(CodeFlow.REDIRECT)
                        + "&client_id=" + encoded(url()) + "&code_verifier=" + VERIFIER);
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        host.stop(0);
    }
}
