package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server of the operator's hears of connections that fail and that work again (Standard Webhooks).
class ConnectionEventsTest {
    private static final String TOKENS = "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"";
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OLDER =
            Base64.getEncoder().encodeToString("0123456789abcdef01234567".getBytes(StandardCharsets.US_ASCII));

    private record Told(String id, String time, String signatures, String body) {
        JsonNode json() {
            return RunningServer.JSON.readTree(body);
        }

        String type() {
            return json().get("type").asString();
        }
    }

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final FakePlatform platform = new FakePlatform();
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private volatile int status = 204;
    private HttpServer hook;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            told.add(new Told(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body));
        });
        hook.start();
        Path secrets = folder.resolve("hook.secrets");
        TestAuthority.writeKey(secrets, "whsec_" + SECRET + "\n" + OLDER + "\n");
        String origin = "http://127.0.0.1:" + hook.getAddress().getPort();
        String config = platform.config(folder).replace("allow: [", "allow: [\"" + origin + "\", ") + "  events-url: "
                + origin + "/hook\n  events-secret-file: " + secrets + "\n";
        server = RunningServer.with(folder, clock, config);
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
        hook.stop(0);
    }

    private Told next() throws InterruptedException {
        Told next = told.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("an event").isNotNull();
        return next;
    }

    private static String mac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void failingAndRecoveredAreToldOnceEachAndSigned() throws Exception {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.FAILS);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        Told failing = next();
        assertThat(failing.type()).isEqualTo("connection.failing");
        JsonNode data = failing.json().get("data");
        assertThat(data.get("connection").asString()).isEqualTo(id);
        assertThat(data.get("organization").asString())
                .isEqualTo(connected.customer().organization());
        assertThat(data.get("name").asString()).isEqualTo("crm");
        assertThat(data.get("platform").asString()).isEqualTo("Fake");
        assertThat(data.get("because").asString()).contains("500");
        String signed = failing.id() + "." + failing.time() + "." + failing.body();
        assertThat(failing.signatures()).isEqualTo("v1," + mac(SECRET, signed) + " v1," + mac(OLDER, signed));
        assertThat(failing.body()).doesNotContain("refresh-0", "access-0");

        platform.mood(Mood.GIVES);
        clock.advance(Duration.ofMinutes(6));
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        Told recovered = next();
        assertThat(recovered.type()).isEqualTo("connection.recovered");
        assertThat(recovered.id()).isNotEqualTo(failing.id());
        assertThat(told).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsToldAgainUnderTheSameId() throws Exception {
        status = 500;
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(424);
        Told first = next();
        assertThat(first.type()).isEqualTo("connection.needs_reauth");
        status = 200;
        Told second = null;
        while (second == null) {
            clock.advance(Duration.ofSeconds(10));
            second = told.poll(2, TimeUnit.SECONDS);
        }
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body()).isEqualTo(first.body());

        platform.mood(Mood.GIVES);
        Got again = server.admin(
                "PUT",
                "/v1/connections/" + id + "/credential",
                "{\"credential\":{\"access_token\":\"ended\",\"refresh_token\":\"refresh-0\"}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(next().type()).isEqualTo("connection.recovered");
        assertThat(server.ops("/metrics").text())
                .contains("gatehouse_egress_requests_seconds_count{outcome=\"5xx\",use=\"events\"}")
                .contains("gatehouse_egress_requests_seconds_count{outcome=\"4xx\",use=\"platforms\"}");
    }
}
