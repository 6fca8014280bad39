package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A platform that is added by the file of the how-to alone (docs/guides/platforms.md): only the port of this
/// test's stand-in is written into its addresses.
class PlatformFromTheGuideTest {
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final String KEY = "pk_abcdefghijklmnopqrstuvwx";
    private static final String CLIENT = RunningServer.basic("gatehouse", "client-s3cret");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String token = "t0";
    private volatile Optional<Integer> trouble = Optional.empty();
    private HttpsServer parcelo;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        TestAuthority authority = new TestAuthority("parcelo");
        parcelo = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        parcelo.setHttpsConfigurator(new HttpsConfigurator(
                TestAuthority.server(authority.issue("id.parcelo.example", "eu.api.parcelo.example"))));
        parcelo.createContext("/token", this::give);
        parcelo.createContext("/v2", this::call);
        parcelo.start();
        int port = parcelo.getAddress().getPort();
        Path platforms = Files.createDirectories(folder.resolve("platforms"));
        Files.writeString(
                platforms.resolve("Parcelo.yaml"),
                guide().replace(".parcelo.example/", ".parcelo.example:" + port + "/"));
        Path trusted = Files.writeString(folder.resolve("parcelo.pem"), authority.pem());
        Path clients = folder.resolve("clients.yaml");
        TestAuthority.writeKey(clients, "Parcelo: {id: gatehouse, secret: client-s3cret}\n");
        server = RunningServer.with(folder, clock, """
                egress:
                  allow: ["https://id.parcelo.example:%1$d %2$s", "https://eu.api.parcelo.example:%1$d %2$s"]
                connections:
                  platforms: %3$s
                  clients-file: %4$s
                """.formatted(port, trusted, platforms, clients));
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        parcelo.stop(0);
    }

    private static String guide() throws IOException {
        Matcher matcher = YAML.matcher(Files.readString(Path.of("../docs/guides/platforms.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replaceFirst("docs: .*", "docs: https://developers.parcelo.example.test/auth");
    }

    private void give(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(body);
        boolean good = CLIENT.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && body.contains("grant_type=refresh_token")
                && body.contains("refresh_token=r0");
        token = good ? "t1" : token;
        answer(
                exchange,
                good ? 200 : 400,
                good
                        ? "{\"access_token\":\"t1\",\"refresh_token\":\"r1\",\"region\":\"eu\"}"
                        : "{\"error\":\"invalid_grant\"}");
    }

    private void call(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        boolean known = KEY.equals(headers.getFirst("X-Parcelo-Key"))
                || ("Bearer " + token).equals(headers.getFirst("Authorization"));
        if (trouble.isPresent()) {
            exchange.getResponseHeaders().set("X-Parcelo-Reset", "7");
        }
        answer(exchange, trouble.orElse(known ? 200 : 401), "{\"at\":\"" + exchange.getRequestURI() + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Got connect(String kind, String name, String parts) {
        return server.admin(
                "POST",
                "/v1/organizations/" + connected.customer().organization() + "/connections",
                "{\"platform\":\"Parcelo\",\"kind\":\"%s\",\"name\":\"%s\",\"credential\":{\"region\":\"eu\",%s}}"
                        .formatted(kind, name, parts));
    }

    private String connected(String kind, String name, String parts) {
        Got got = connect(kind, name, parts);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json().get("id").asString();
    }

    @Test
    void aCustomerConnectsByKeyAndByTokensThatAreKeptAlive() {
        String byKey = connected("key", "key", "\"key\":\"" + KEY + "\"");
        Got got = connected.get(server, byKey, "/parcels");
        assertThat(got.json().get("at").asString()).isEqualTo("/v2/parcels");
        assertThat(connect("key", "wrong", "\"key\":\"pk_000000000000000000000000\"")
                        .status())
                .isEqualTo(400);
        String byToken = connected("oauth_internal", "tokens", "\"access_token\":\"t0\",\"refresh_token\":\"r0\"");
        assertThat(connected.get(server, byToken, "/parcels").status()).isEqualTo(200);
        token = "none";
        clock.advance(Duration.ofMinutes(2));
        assertThat(connected.get(server, byToken, "/parcels").status()).isEqualTo(200);
        assertThat(asked).hasSize(1);
    }

    /// Its own header, told as all know it.
    @Test
    void aPlatformThatIsBusySaysWhenToComeAgain() {
        String byKey = connected("key", "key", "\"key\":\"" + KEY + "\"");
        trouble = Optional.of(429);
        Got got = connected.get(server, byKey, "/parcels");
        assertThat(got.status()).isEqualTo(429);
        assertThat(got.header("Retry-After")).isEqualTo("7");
        Got later = connect("key", "later", "\"key\":\"" + KEY + "\"");
        assertThat(later.status()).as(later.text()).isEqualTo(503);
        assertThat(later.header("Retry-After")).isEqualTo("7");
    }

    /// Some send that header with whatever they answer.
    @Test
    void anOutageIsNoLimit() {
        String byKey = connected("key", "key", "\"key\":\"" + KEY + "\"");
        trouble = Optional.of(503);
        Got got = connected.get(server, byKey, "/parcels");
        assertThat(got.status()).isEqualTo(503);
        assertThat(got.header("Retry-After")).isNotEqualTo("7");
        Got later = connect("key", "later", "\"key\":\"" + KEY + "\"");
        assertThat(later.status()).as(later.text()).isEqualTo(503);
        assertThat(later.header("Retry-After")).isNotEqualTo("7");
    }
}
