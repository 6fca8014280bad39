package dev.gatehouse.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.core.net.AddressBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A platform of somebody else's with an authorization server of its own, over TLS on the loopback. What it does
/// at either is its mood.
public final class FakePlatform implements AutoCloseable {
    /// The name that its certificate has.
    public static final String HOST = "fake.test";

    /// The key, and the password of the user `anna`, that it takes.
    public static final String KEY = "platform-key-1";

    /// The password of the user `anna`.
    public static final String PASSWORD = "platform-pass-1";

    /// What the token endpoint does with a request that is in order.
    public enum Mood {
        GIVES,
        /// Gives, and takes the refresh token before as well as the new one.
        GIVES_TWICE,
        FAILS,
        IS_BUSY,
        TALKS_NONSENSE,
        REDIRECTS,
        /// Gives a token and breaks the connection before it is said.
        BREAKS_OFF,
        SAYS_INVALID_GRANT,
        /// Gives an access token alone.
        GIVES_NO_REFRESH
    }

    /// A call of its API as it came in.
    public record Called(String method, String target, List<String> headers, String body) {
        /// Whether it has this header line, the name in lower case.
        public boolean has(String name, String value) {
            return headers.contains(name + ": " + value);
        }

        /// Whether it has this header at all.
        public boolean names(String name) {
            return headers.stream().anyMatch(header -> header.startsWith(name + ": "));
        }
    }

    /// Its file, without a port at its hosts.
    public static final String FILE = FakeFile.TEXT;

    private final TestAuthority authority = new TestAuthority("fake");
    private final HttpsServer server;
    private final FakeTokens tokens = new FakeTokens();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final FakeApi api = new FakeApi(tokens, authority);
    private volatile Mood mood = Mood.GIVES;
    private volatile boolean barred;
    private volatile boolean old;
    private volatile Runnable before = () -> {};
    private volatile Runnable after = () -> {};
    private volatile Consumer<String> asked = _ -> {};

    /// Listens on a free port.
    public FakePlatform() {
        try {
            server = HttpsServer.create(
                    new InetSocketAddress(AddressBlock.numeric("127.0.0.1").orElseThrow(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(
                FakeApi.asking(TestAuthority.serverForAnybody(authority.issue(HOST), () -> barred), () -> old));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/token", this::token);
        server.createContext("/authorize", this::authorize);
        server.createContext("/api", api);
        server.start();
    }

    /// Takes assertions that this key signed.
    public void trust(PublicKey key) {
        tokens.trust(key);
    }

    /// The claims of the assertions that it has taken, as they came.
    public List<String> assertions() {
        return tokens.assertions();
    }

    /// A certificate that calls of its API are taken with.
    public TestAuthority.Issued member() {
        return authority.issueRsa();
    }

    /// Ends TLS handshakes in which a certificate is shown, from now on.
    public void barCertificates() {
        barred = true;
    }

    /// Knows only versions of TLS that nobody speaks, from now on.
    public void growOld() {
        old = true;
    }

    /// Speaks as everybody does again.
    public void growYoung() {
        old = false;
    }

    /// The serial numbers of the certificates that requests for tokens came with, in their order.
    public List<String> shown() {
        return shown;
    }

    /// Its file, at the port that it has.
    public String file() {
        return FILE.replace("https://fake.test/", "https://fake.test:" + port() + "/");
    }

    /// Its port on 127.0.0.1.
    public int port() {
        return server.getAddress().getPort();
    }

    /// The certificate of its authority.
    public X509Certificate certificate() {
        return authority.certificate();
    }

    /// Writes its file and the certificate of its authority, and returns the configuration of a node that has
    /// both, with a client of its own.
    public String config(Path folder) throws IOException {
        Path platforms = Files.createDirectories(folder.resolve("platforms"));
        Files.writeString(platforms.resolve("Fake.yaml"), file());
        Path trusted = Files.writeString(
                folder.resolve("fake.pem"), TestAuthority.pem("CERTIFICATE", TestAuthority.encoded(certificate())));
        Path clients = folder.resolve("clients.yaml");
        TestAuthority.writeKey(
                clients,
                "Fake: {id: gatehouse, secret: client-s3cret}\nAmoCRM: {id: gatehouse, secret: client-s3cret}\n");
        return """
                egress:
                  allow: ["https://fake.test:%d %s"]
                connections:
                  platforms: %s
                  clients-file: %s
                """.formatted(port(), trusted, platforms, clients);
    }

    /// Changes what the token endpoint does.
    public void mood(Mood now) {
        mood = now;
    }

    /// Says from now on that its tokens are for this account.
    public void account(String id) {
        tokens.account(id);
    }

    /// Runs within each request at the token endpoint, before it is looked at.
    public void before(Runnable action) {
        before = action;
    }

    /// Runs within each request at the token endpoint that gave a token, before the answer is sent.
    public void after(Runnable action) {
        after = action;
    }

    /// Runs within each request of a browser at its page, with where that is sent back to, before it is.
    public void asked(Consumer<String> action) {
        asked = action;
    }

    /// Runs within each call of its API, before it is answered.
    public void during(Runnable action) {
        api.during(action);
    }

    /// The bodies of all requests at the token endpoint.
    public List<String> requests() {
        return requests;
    }

    /// All calls of its API besides those that verify.
    public List<Called> calls() {
        return api.calls();
    }

    /// How many tokens it has given.
    public int given() {
        return tokens.given();
    }

    /// Tokens that it gives from now on live so many seconds.
    public void tokensLive(int seconds) {
        tokens.live(seconds);
    }

    /// Takes the newest access token no more.
    public void expire() {
        tokens.expire();
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(body);
            FakeApi.certificate(exchange)
                    .ifPresent(one -> shown.add(one.getSerialNumber().toString()));
            before.run();
            switch (mood) {
                case GIVES, GIVES_TWICE, GIVES_NO_REFRESH -> give(exchange, body);
                case FAILS -> answer(exchange, 500, "oops");
                case IS_BUSY -> {
                    exchange.getResponseHeaders().set("Retry-After", "120");
                    answer(exchange, 429, "{}");
                }
                case TALKS_NONSENSE -> answer(exchange, 200, "<html>access_token</html>");
                case REDIRECTS -> {
                    exchange.getResponseHeaders().set("Location", "https://evil.test/token");
                    answer(exchange, 307, "");
                }
                case BREAKS_OFF -> {
                    var _ = tokens.next(body, false);
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                }
                case SAYS_INVALID_GRANT -> answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            }
        }
    }

    private void give(HttpExchange exchange, String body) throws IOException {
        var given = tokens.next(body, mood == Mood.GIVES_TWICE);
        if (given.isPresent()) {
            after.run();
            String all = given.get();
            answer(exchange, 200, mood == Mood.GIVES_NO_REFRESH ? all.replace("\"refresh_token\"", "\"other\"") : all);
        } else {
            answer(exchange, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"used\"}");
        }
    }

    /// Where somebody who agrees is sent back to, from this address of its page.
    public String agree(URI request) {
        return tokens.agreed(request);
    }

    /// Everybody is logged in and agrees.
    private void authorize(HttpExchange exchange) throws IOException {
        try (exchange) {
            String back = tokens.agreed(exchange.getRequestURI());
            asked.accept(back);
            exchange.getResponseHeaders().set("Location", back);
            answer(exchange, 302, "");
        }
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
