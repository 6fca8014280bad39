package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Law 2 for answers that take long: an open stream lasts as long as the same call would be allowed if it came
/// now, under the Api as it is now.
class OpenStreamTest {
    private static final String ME = "{\"methods\":[\"GET\"],\"path\":\"/me\",\"authenticated\":true}";
    private static final String OPEN = "{\"methods\":[\"GET\"],\"path\":\"/open\",\"open\":true}";
    private static final String THINGS = things("GET", "things:read");

    /// What ends the right to `GET /things`.
    enum Change {
        ROUTE_REMOVED,
        METHOD_REMOVED,
        SCOPE_TIGHTENED,
        LISTENER_LEFT,
        KEY_SUSPENDED,
        APPLICATION_CUT,
        TOKEN_EXPIRED,
        VERSION_ENDED
    }

    private record Stream(RawClient client, Socket upstream) implements AutoCloseable {
        void passes(String text) throws IOException {
            upstream.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.take(text.length())).isEqualTo(text.length());
        }

        boolean cut() {
            return client.ended();
        }

        @Override
        public void close() throws IOException {
            client.close();
            upstream.close();
        }
    }

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final ServerSocket upstream;
    private RunningServer server;
    private Customer customer;

    OpenStreamTest() throws IOException {
        upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", api("\"name\":\"orders\"", "orders", THINGS, ME, OPEN));
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void isCutOnceItsCallWouldBeRefused(Change change) throws IOException {
        String credential = change == Change.KEY_SUSPENDED || change == Change.VERSION_ENDED
                ? customer.apiKey()
                : server.mint("orders", customer, "things:read");
        try (Stream stream = open("/things", "Authorization: Bearer " + credential + "\r\n")) {
            apply(change);
            assertThat(stream.cut()).isTrue();
        }
    }

    private void apply(Change change) {
        switch (change) {
            case ROUTE_REMOVED -> replace("orders", ME, OPEN);
            case METHOD_REMOVED -> replace("orders", things("POST", "things:read"), ME, OPEN);
            case SCOPE_TIGHTENED -> replace("orders", things("GET", "things:admin"), ME, OPEN);
            case LISTENER_LEFT -> replace("parcels", THINGS, ME, OPEN);
            case KEY_SUSPENDED -> done("/v1/credentials/" + customer.apiKeyId() + "/suspend");
            case APPLICATION_CUT -> done("/v1/applications/" + customer.application() + "/cut");
            case TOKEN_EXPIRED -> clock.advance(Duration.ofMinutes(10));
            case VERSION_ENDED -> {
                replace("orders", ends(THINGS), ME, OPEN);
                clock.advance(Duration.ofSeconds(61));
            }
        }
    }

    @Test
    void goesOnWhileItsOwnCallIsAllowed() throws IOException {
        try (Stream me = open("/me", "X-Api-Key: " + customer.apiKey() + "\r\n");
                Stream things = open("/things", "X-Api-Key: " + customer.apiKey() + "\r\n");
                Stream anonymous = open("/open", "")) {
            replace("orders", ME, OPEN);
            assertThat(things.cut()).isTrue();
            me.passes("still");
            anonymous.passes("still");
            done("/v1/organizations/" + customer.organization() + "/suspend");
            assertThat(me.cut()).isTrue();
            anonymous.passes("here");
            replace("orders", ME);
            assertThat(anonymous.cut()).isTrue();
        }
    }

    /// A route that was open and now asks for a credential: nobody showed one.
    @Test
    void anAnonymousStreamIsCutWhenItsRouteAsksForACredential() throws IOException {
        try (Stream anonymous = open("/open", "")) {
            replace("orders", OPEN.replace("\"open\":true", "\"authenticated\":true"));
            assertThat(anonymous.cut()).isTrue();
        }
    }

    /// A node that was told to stop lets open calls end, those that may go on.
    @Test
    void isCutWhileItsNodeStops() throws Exception {
        String token = server.mint("orders", customer, "things:read");
        try (LogTap log = new LogTap();
                Stream stream = open("/things", "Authorization: Bearer " + token + "\r\n")) {
            Thread stopping = Thread.ofVirtual().start(server::close);
            while (listens()) {
                Thread.onSpinWait();
            }
            clock.advance(Duration.ofMinutes(10));
            assertThat(stream.cut()).isTrue();
            stopping.join();
            assertThat(log.text()).doesNotContain("calls that were still open");
        }
    }

    private boolean listens() {
        try (RawClient _ = server.connect("orders")) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Stream open(String path, String headers) throws IOException {
        RawClient client = server.connect("orders");
        client.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
        Stream stream = new Stream(client, RawClient.accepted(upstream));
        stream.upstream()
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\nbegin"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(client.answer(true).status()).isEqualTo(200);
        assertThat(client.take(5)).isEqualTo(5);
        return stream;
    }

    private void done(String path) {
        var got = server.admin("POST", path, "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private void replace(String listener, String... routes) {
        long version =
                server.admin("GET", "/v1/apis/orders", "").json().get("version").asLong();
        var got = server.admin("PUT", "/v1/apis/orders", api("\"version\":" + version, listener, routes));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// A version ends for whoever is still there, too.
    @Test
    void anAnonymousStreamIsCutAtTheEndOfItsVersion() throws IOException {
        replace("orders", ends(OPEN));
        try (Stream anonymous = open("/open", "")) {
            anonymous.passes("still");
            clock.advance(Duration.ofSeconds(61));
            assertThat(anonymous.cut()).isTrue();
        }
    }

    /// A route of a version that ends in a minute.
    private String ends(String route) {
        Instant end = clock.instant().plusSeconds(60);
        return route.replace(
                "\"path\"", "\"deprecated\":{\"since\":\"2020-01-01T00:00:00Z\",\"ends_at\":\"" + end + "\"},\"path\"");
    }

    private static String things(String method, String scope) {
        return "{\"methods\":[\"" + method + "\"],\"path\":\"/things\",\"any\":[\"" + scope + "\"]}";
    }

    private String api(String first, String listener, String... routes) {
        return """
                {%s, "issuer": "http://127.0.0.1:1", "listener": "%s", "upstream": "http://127.0.0.1:%d",
                 "key_header": "X-Api-Key", "tokens": {"format": "jwt", "life_seconds": 300},
                 "scopes": {"things:read": {"description": "r"}, "things:write": {"description": "w"},
                            "things:admin": {"description": "a"}},
                 "routes": [%s]}
                """.formatted(first, listener, upstream.getLocalPort(), String.join(",", routes));
    }
}
